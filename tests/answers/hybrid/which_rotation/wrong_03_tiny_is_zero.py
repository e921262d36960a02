# verdict: wrong
# what: Takes each speed below 1e-6 for zero.
# diagnosis: The slowest pairs of a big base turn with speeds of 1e-7 and still turn; only 0.0 itself means standing still.
# told: mistake slow_is_nothing
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    turning = [k for k in range(n) if abs(speeds[k]) > 1e-6]
    m = len(turning)
    if m == 0:
        return "nope"
    if m == n:
        return "rope"
    if turning[0] > 0:
        return "reversed"
    if math.isclose(speeds[1], base ** (-1 / m), rel_tol=1e-9):
        return "partial"
    return "p-rope"
