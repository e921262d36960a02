# verdict: wrong
# what: Multiplies until too little is left, counting the step that is too far.
# diagnosis: The reach is the last step at which enough is left, not the first at which there is too little.
# told: mistake rounded_up
import math


def how_far_back(norm: float, steps: int, smallest: float) -> tuple[float, float]:
    """How fast a gradient fades on its way back, and how far it is of use.

    Args:
        norm: its length after so many steps back, as a share of that at the start; above 0.
        steps: how many steps back it was measured, at least 1.
        smallest: the smallest share that is of use, between 0 and 1.

    Returns:
        The half-life in steps, and the reach, a whole number of steps. Both inf if norm is 1 or more.
    """
    if norm >= 1:
        return math.inf, math.inf
    factor = norm ** (1 / steps)
    half = math.log(0.5) / math.log(factor)
    k, left = 0, 1.0
    while left >= smallest and k < 1_000_000:
        left *= factor
        k += 1
    return half, k
