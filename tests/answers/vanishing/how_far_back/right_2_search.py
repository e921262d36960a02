# verdict: right
# what: Finds the reach by doubling and bisection, with powers of the share.
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
    if not norm < 1:
        return math.inf, math.inf
    enough = lambda k: k * math.log(norm) >= steps * math.log(smallest)
    high = 1
    while enough(high):
        high *= 2
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if enough(middle) else (low, middle)
    return steps * math.log(2) / -math.log(norm), low
