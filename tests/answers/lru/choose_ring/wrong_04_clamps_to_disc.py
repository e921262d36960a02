# verdict: wrong
# what: Takes 0 for the inner radius where the wish cannot be granted, instead of returning None.
# diagnosis: With a full disc the share is already too large, so that ring does not do what was asked: return None there.
# told: mistake impossible_becomes_the_disk
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
    middle = 0.5 ** (1 / half_life)
    inner_area = outer**2 - (outer**2 - middle**2) / share
    return math.sqrt(max(0.0, inner_area)), outer
