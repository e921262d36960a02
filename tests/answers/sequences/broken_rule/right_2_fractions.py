# verdict: right
# what: Compares with exact fractions and puts the test of each name into a list, of which the first that fits is taken.
# diagnosis: None: it is right.
"""Tell from a table of probabilities which rule of counting was broken."""

from collections import Counter
from fractions import Fraction


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    small = Fraction(1, 10**6)
    exact_beta = Fraction(beta)
    cells = {(c, x): Fraction(table[c][x]) for c in vocabulary for x in vocabulary}

    def made_from(pairs):
        counts = Counter(pairs)
        rows = Counter()
        for (c, _), n in counts.items():
            rows[c] += n
        return all(
            abs((counts[c, x] + exact_beta) / (rows[c] + exact_beta * len(vocabulary)) - p) < small
            for (c, x), p in cells.items()
        )

    tests = [
        ("zero", lambda: any(p == 0 for p in cells.values())),
        ("sum", lambda: any(abs(sum(cells[c, x] for x in vocabulary) - 1) >= small for c in vocabulary)),
        ("gap", lambda: made_from((text[i - 2], text[i]) for i in range(2, len(text)))),
        ("backwards", lambda: made_from((text[i], text[i - 1]) for i in range(1, len(text)))),
        ("fine", lambda: True),
    ]
    return next(name for name, fits in tests if fits())
