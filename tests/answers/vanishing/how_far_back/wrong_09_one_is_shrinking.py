# verdict: wrong
# what: Takes inf only for a norm above 1 and something large for 1.
# diagnosis: With norm 1 nothing is lost at all, so both are infinite.
# told: What does not shrink never comes down
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
    if norm > 1:
        return math.inf, math.inf
    rate = min(math.log(norm), -1e-12) / steps
    return math.log(0.5) / rate, math.floor(math.log(smallest) / rate)
