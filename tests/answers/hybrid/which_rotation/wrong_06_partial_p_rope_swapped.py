# verdict: wrong
# what: Gives the name p-rope to the list whose speeds are made from m, and partial to that from n.
# diagnosis: p-RoPE leaves the speeds as they are in RoPE, made from n; partial makes new ones, from m.
# told: mistake two_names_swapped
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    m = n - speeds.count(0.0)
    if m == n:
        return "rope"
    if m == 0:
        return "nope"
    if speeds[-1] > 0.0:
        return "reversed"
    if math.isclose(speeds[1], base ** (-1 / m), rel_tol=1e-10):
        return "p-rope"
    return "partial"
