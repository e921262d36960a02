# verdict: wrong
# what: Divides by how often the symbol stands in the text, also where nothing follows it.
# diagnosis: The last symbol of the text has no next one, so it is no context there: divide by the number of pairs that begin with c.
# told: mistake nothing_counted_again
"""Tell from a table of probabilities which rule of counting was broken."""


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    v = len(vocabulary)

    def differs(step):
        for c in vocabulary:
            below = text.count(c) + beta * v
            for x in vocabulary:
                n = 0
                for i in range(len(text)):
                    if 0 <= i + step < len(text) and text[i] == c and text[i + step] == x:
                        n += 1
                if abs((n + beta) / below - table[c][x]) >= 1e-6:
                    return True
        return False

    for c in vocabulary:
        for x in vocabulary:
            if table[c][x] == 0:
                return "zero"
    for c in vocabulary:
        if abs(sum(table[c].values()) - 1) >= 1e-6:
            return "sum"
    if not differs(2):
        return "gap"
    if not differs(-1):
        return "backwards"
    return "fine"
