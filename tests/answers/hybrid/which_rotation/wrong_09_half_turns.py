# verdict: wrong
# what: Takes m to be half of the pairs, as in the examples.
# diagnosis: m can be any number of pairs; count the ones that turn.
# told: mistake half_of_the_pairs
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    if all(s > 0 for s in speeds):
        return "rope"
    if not any(speeds):
        return "nope"
    if speeds[0] == 0:
        return "reversed"
    m = n // 2
    if math.isclose(speeds[1], base ** (-1 / m), rel_tol=1e-9):
        return "partial"
    return "p-rope"
