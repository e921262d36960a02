# verdict: wrong
# what: Counts pairs with str.count, which does not count pairs that overlap, as in "aaa".
# diagnosis: "aaa".count("aa") is 1, but there are two pairs; go through the places of the text instead.
# told: mistake overlapping_pairs_missed
"""Tell from a table of probabilities which rule of counting was broken."""


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    def right(c, x):
        return text.count(c + x)

    def before(c, x):
        return text.count(x + c)

    def smoothed(count, c, x):
        total = sum(count(c, y) for y in vocabulary)
        return (count(c, x) + beta) / (total + beta * len(vocabulary))

    def same(count):
        return all(abs(smoothed(count, c, x) - table[c][x]) < 1e-6 for c in vocabulary for x in vocabulary)

    for c in vocabulary:
        if any(table[c][x] == 0 for x in vocabulary):
            return "zero"
    for c in vocabulary:
        if abs(sum(table[c][x] for x in vocabulary) - 1) >= 1e-6:
            return "sum"
    if same(right):
        return "fine"
    if same(before):
        return "backwards"
    return "gap"
