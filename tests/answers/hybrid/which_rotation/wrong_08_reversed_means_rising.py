# verdict: wrong
# what: Looks for speeds that rise to name the scheme reversed.
# diagnosis: In this scheme the last pairs turn, with the speeds that they always had; the list itself is not turned round.
# told: mistake rising_is_reversed
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    moving = [s for s in speeds if s > 0.0]
    m = len(moving)
    if m == 0:
        return "nope"
    if moving == sorted(moving) and m < n:
        return "reversed"
    if m == n:
        return "rope"
    for k in range(m):
        if not math.isclose(moving[k], base ** (-k / n), rel_tol=1e-9):
            return "partial"
    return "p-rope"
