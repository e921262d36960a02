# verdict: right
# what: Follows the line through the first two lengths in fractions and compares each later length with it.
# diagnosis: none
"""Whose bytes are these?"""

from fractions import Fraction


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    pairs = iter(sizes)
    t0, b0 = next(pairs)
    t1, b1 = next(pairs)
    slope = Fraction(b1 - b0, t1 - t0)
    state = b0 - slope * t0
    if not slope:
        return "recurrence"
    below = any(b < state + slope * t for t, b in pairs)
    if state:
        return "griffin" if below else "hybrid"
    return "window" if below else "attention"
