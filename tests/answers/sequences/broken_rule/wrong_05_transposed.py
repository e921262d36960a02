# verdict: wrong
# what: Takes the "backwards" table to be the right table with rows and columns exchanged.
# diagnosis: Counting backwards exchanges the counts, but each row is then divided by its own total, so exchange the counts and divide afterwards.
# told: mistake backwards_not_recognised
"""Tell from a table of probabilities which rule of counting was broken."""

def smooth(pairs, vocabulary, beta):
    counts = {c: dict.fromkeys(vocabulary, beta) for c in vocabulary}
    for c, x in pairs:
        counts[c][x] += 1
    return {c: {x: row[x] / sum(row.values()) for x in row} for c, row in counts.items()}


def close(p, q):
    return abs(p - q) < 1e-6


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    every = [(c, x) for c in vocabulary for x in vocabulary]
    if any(table[c][x] == 0 for c, x in every):
        return "zero"
    if not all(close(sum(table[c].values()), 1) for c in vocabulary):
        return "sum"
    gap = smooth(zip(text, text[2:]), vocabulary, beta)
    right = smooth(zip(text, text[1:]), vocabulary, beta)
    if all(close(table[c][x], gap[c][x]) for c, x in every):
        return "gap"
    if all(close(table[c][x], right[x][c]) for c, x in every):
        return "backwards"
    return "fine"
