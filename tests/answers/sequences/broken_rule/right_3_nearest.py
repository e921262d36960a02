# verdict: right
# what: Collects the neighbours of each symbol in lists, and takes the name whose table is nearest, without any tolerance for it.
# diagnosis: None: it is right.
"""Tell from a table of probabilities which rule of counting was broken."""

from math import fsum


def neighbours(text, vocabulary, step):
    """For each symbol the list of what stands so many places behind it."""
    found = {c: [] for c in vocabulary}
    for c, x in zip(text[max(0, -step):], text[max(0, step):]):
        found[c].append(x)
    return found


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    if not all(all(map(table[c].get, vocabulary)) for c in vocabulary):
        return "zero"
    if any(abs(fsum(map(table[c].get, vocabulary)) - 1) >= 1e-6 for c in vocabulary):
        return "sum"

    def distance(item):
        near = neighbours(text, vocabulary, item[1])
        return max(
            abs(table[c][x] * (len(near[c]) + beta * len(vocabulary)) - near[c].count(x) - beta)
            / (len(near[c]) + beta * len(vocabulary))
            for c in vocabulary
            for x in vocabulary
        )

    return min([("gap", 2), ("backwards", -1), ("fine", 1)], key=distance)[0]
