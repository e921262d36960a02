# verdict: wrong
# what: Takes 1 - log(2)/k for the radius with the half-life k, which is nearly right only for long memories.
# diagnosis: 1 - log(2)/k is only the beginning of the series of 0.5**(1/k) and is far off for half-lives of a few steps.
# told: mistake rule_of_thumb
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
    outer = 1 - math.log(2) / longest
    middle = 1 - math.log(2) / half_life
    inner_area = outer**2 - (outer**2 - middle**2) / share
    if inner_area < 0:
        return None
    return math.sqrt(inner_area), outer
