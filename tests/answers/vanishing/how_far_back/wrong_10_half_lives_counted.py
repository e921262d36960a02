# verdict: wrong
# what: Gives the reach in half-lives instead of in steps.
# diagnosis: The reach is asked for in steps: multiply the number of half-lives by the half-life.
# told: mistake reach_in_half_lives
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
    half = steps * math.log(0.5) / math.log(norm)
    return half, math.floor(math.log(smallest) / math.log(0.5))
