# verdict: wrong
# what: Looks at the sums of the rows before it looks for a 0.
# diagnosis: The first name that fits is asked for, and "zero" comes before "sum".
# told: mistake sums_before_zeros
"""Tell from a table of probabilities which rule of counting was broken."""

from collections import Counter


def probabilities(pairs, vocabulary, beta):
    pairs = list(pairs)
    seen, total = Counter(pairs), Counter(c for c, _ in pairs)
    below = beta * len(vocabulary)
    return {(c, x): (seen[c, x] + beta) / (total[c] + below) for c in vocabulary for x in vocabulary}


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    def fits(pairs):
        expected = probabilities(pairs, vocabulary, beta)
        return all(abs(p - table[c][x]) < 1e-6 for (c, x), p in expected.items())

    if any(abs(sum(row.values()) - 1) >= 1e-6 for row in table.values()):
        return "sum"
    if any(p == 0 for row in table.values() for p in row.values()):
        return "zero"
    if fits(zip(text, text[2:])):
        return "gap"
    if fits(zip(text[1:], text[:-1])):
        return "backwards"
    return "fine"
