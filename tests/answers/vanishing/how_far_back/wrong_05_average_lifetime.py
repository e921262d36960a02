# verdict: wrong
# what: Gives 1/(1 - factor), the mean lifetime, for the half-life.
# diagnosis: The half-life is when a half is left: the logarithm of a half over that of the factor.
# told: mistake mean_lifetime
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
    return 1 / (1 - factor), math.floor(math.log(smallest) / math.log(factor))
