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
    # BEGIN SOLUTION
    outer, middle = 4 ** (-1 / longest), 4 ** (-1 / half_life)
    inner = outer - (outer - middle) / share
    return None if inner < 0 else (inner**0.5, outer**0.5)
    # END SOLUTION
