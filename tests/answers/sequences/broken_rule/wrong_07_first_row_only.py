# verdict: wrong
# what: Looks only at the sum of the first row.
# diagnosis: Any row may be the broken one; go on to the next row if one adds up to 1.
# told: mistake only_the_first_row_added_up
"""Tell from a table of probabilities which rule of counting was broken."""

def sums_are_one(table):
    for row in table.values():
        if abs(sum(row.values()) - 1) < 1e-6:
            return True
        else:
            return False


def counted(text, vocabulary, beta, shift, back):
    counts = {c: {x: 0 for x in vocabulary} for c in vocabulary}
    for i in range(len(text) - shift):
        c, x = text[i], text[i + shift]
        if back:
            c, x = x, c
        counts[c][x] += 1
    for c in vocabulary:
        below = sum(counts[c].values()) + beta * len(vocabulary)
        for x in vocabulary:
            counts[c][x] = (counts[c][x] + beta) / below
    return counts


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    def is_table(other):
        return all(abs(table[c][x] - other[c][x]) < 1e-6 for c in vocabulary for x in vocabulary)

    if any(table[c][x] == 0 for c in vocabulary for x in vocabulary):
        return "zero"
    if not sums_are_one(table):
        return "sum"
    if is_table(counted(text, vocabulary, beta, 2, False)):
        return "gap"
    if is_table(counted(text, vocabulary, beta, 1, True)):
        return "backwards"
    return "fine"
