# verdict: right
# what: Sees whether the power n or the power m of the step from pair to pair comes nearer to 1 / base.
# diagnosis: none
"""Which pairs turn, and how fast?"""

import numpy as np


def which_rotation(speeds: list[float], base: float) -> str:

    s = np.array(speeds)
    turns = s != 0.0
    n, m = turns.size, int(turns.sum())
    if not turns.any():
        return "nope"
    if turns.all():
        return "rope"
    if turns[-1]:
        return "reversed"
    step = np.log(s[1] / s[0])
    as_n, as_m = abs(step * n + np.log(base)), abs(step * m + np.log(base))
    return str(np.where(as_n < as_m, "p-rope", "partial"))
