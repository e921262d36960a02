# verdict: wrong
# what: Wants each row to add up to 1 exactly.
# diagnosis: The computer rounds, so a sum such as 0.9999999999999999 has to be taken as 1.
# told: mistake sum_compared_without_room
"""Tell from a table of probabilities which rule of counting was broken."""

def model(text, vocabulary, beta, step):
    result = {}
    for c in vocabulary:
        followers = []
        for i in range(len(text)):
            if text[i] == c and 0 <= i + step < len(text):
                followers.append(text[i + step])
        below = len(followers) + beta * len(vocabulary)
        result[c] = {x: (followers.count(x) + beta) / below for x in vocabulary}
    return result


def equal(one, two):
    for c in one:
        for x in one[c]:
            if abs(one[c][x] - two[c][x]) >= 1e-6:
                return False
    return True


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    for c in table:
        if 0 in table[c].values():
            return "zero"
    for c in table:
        if sum(table[c].values()) != 1:
            return "sum"
    if equal(model(text, vocabulary, beta, 2), table):
        return "gap"
    if equal(model(text, vocabulary, beta, -1), table):
        return "backwards"
    return "fine"
