# verdict: wrong
# what: Compares the slowest turning pair by np.isclose, which also allows 1e-8 in absolute terms.
# diagnosis: Slow pairs have speeds of 1e-7, and beside those an absolute tolerance of 1e-8 is coarse; compare relative to the speed.
# told: mistake coarse_beside_slow_pairs
"""Which pairs turn, and how fast?"""

import numpy as np


def which_rotation(speeds: list[float], base: float) -> str:

    s = np.array(speeds)
    n = len(s)
    m = np.count_nonzero(s)
    if m == 0:
        return "nope"
    if m == n:
        return "rope"
    if s[0] == 0:
        return "reversed"
    if np.isclose(s[m - 1], base ** (-(m - 1) / n)):
        return "p-rope"
    return "partial"
