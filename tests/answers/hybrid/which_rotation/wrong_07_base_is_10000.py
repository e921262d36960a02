# verdict: wrong
# what: Uses 10000 in place of the base that is handed over.
# diagnosis: 10000 is only the usual base; models for long texts have others, and the argument says which.
# told: mistake base_of_ten_thousand
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    m = sum(s > 0.0 for s in speeds)
    if m == n:
        return "rope"
    if m == 0:
        return "nope"
    if speeds[0] == 0.0:
        return "reversed"
    own = 10000.0 ** (-1 / m)
    return "partial" if math.isclose(speeds[1], own, rel_tol=1e-9) else "p-rope"
