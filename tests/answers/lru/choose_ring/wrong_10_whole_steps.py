# verdict: wrong
# what: Rounds the half-life down to a whole number of steps before it computes the radius.
# diagnosis: The half-life need not be whole; use it as it is, also when it is less than one step.
# told: mistake whole_steps
"""A ring for the memory that a task needs."""

import math


def choose_ring(share: float, half_life: float, longest: float) -> tuple[float, float] | None:
    """The ring on which this share of the states has a half-life above `half_life`, and none above `longest`.

    Args:
        share: which share of the states, above 0 and below 1.
        half_life: in steps, above 0 and below `longest`.
        longest: the half-life on the outer edge of the ring, in steps; may be math.inf.

    Returns:
        r_min and r_max with 0 <= r_min < r_max <= 1, or None where no ring can do it.
    """
    outer = 0.5 ** (1 / longest)
    steps = int(half_life)
    middle = 0.5 ** (1 / steps)
    inner_area = outer**2 - (outer**2 - middle**2) / share
    if inner_area < 0:
        return None
    return math.sqrt(inner_area), outer
