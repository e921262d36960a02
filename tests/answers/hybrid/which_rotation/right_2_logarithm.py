# verdict: right
# what: Finds from the logarithm of the second speed into how many parts the base was divided.
# diagnosis: none
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    if speeds[0] == 0.0:
        return "reversed" if speeds[-1] else "nope"
    if speeds[-1]:
        return "rope"
    parts = -math.log(base) / math.log(speeds[1])
    return "p-rope" if round(parts) == n else "partial"
