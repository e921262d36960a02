# verdict: right
# what: Searches the inner edge by bisection, with all areas measured in parts of the disc inside the outer edge.
# diagnosis: None: it is right.
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
    # Per area of the disc within the outer edge: how much of it lies outside of the radius of half_life.
    wanted = -math.expm1(-2 * math.log(2) * (1 / half_life - 1 / longest))
    if wanted > share:  # too much, even where the ring is the whole disc
        return None
    low, high = wanted, 1.0  # the area of the ring
    for _ in range(200):
        guess = (low + high) / 2
        if wanted / guess > share:
            low = guess
        else:
            high = guess
    outer = 2.0 ** (-1 / longest)
    return outer * math.sqrt(1 - high), outer
