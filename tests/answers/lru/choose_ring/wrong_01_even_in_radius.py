# verdict: wrong
# what: Spreads the states evenly over the radius instead of over the area.
# diagnosis: Even over the area means even in the square of the radius; an outer strip holds more states than an inner one of the same width.
# told: mistake middle_of_the_width
"""A ring for the memory that a task needs."""


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
    inner = outer - (outer - middle) / share
    if inner < 0:
        return None
    return inner, outer
