# verdict: right
# what: Calculates with exact fractions and rounds to a float only at the end.
# diagnosis: none
from fractions import Fraction


def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    b = Fraction(beta)
    row = counts.get(context, {})
    whole = sum(map(Fraction, row.values()), start=b * len(vocabulary))
    return {x: float((row.get(x, 0) + b) / whole) for x in vocabulary}
