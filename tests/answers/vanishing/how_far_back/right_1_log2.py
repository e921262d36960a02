# verdict: right
# what: With logarithms to base 2.
# diagnosis: none
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
        return (math.inf, math.inf)
    halvings = -math.log2(norm)
    half_life = steps / halvings
    return [half_life, int(-math.log2(smallest) * half_life)]
