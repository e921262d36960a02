# verdict: right
# what: Computes everything with sixty decimal digits and turns it into floats at the end.
# diagnosis: None: it is right.
"""A ring for the memory that a task needs."""

from decimal import Decimal, localcontext


def choose_ring(share: float, half_life: float, longest: float) -> tuple[float, float] | None:
    """The ring on which this share of the states has a half-life above `half_life`, and none above `longest`.

    Args:
        share: which share of the states, above 0 and below 1.
        half_life: in steps, above 0 and below `longest`.
        longest: the half-life on the outer edge of the ring, in steps; may be math.inf.

    Returns:
        r_min and r_max with 0 <= r_min < r_max <= 1, or None where no ring can do it.
    """
    with localcontext() as context:
        context.prec = 60
        squares = [Decimal(2) ** (-2 / Decimal(float(k))) for k in (longest, half_life)]
        rest = 1 / Decimal(float(share)) - 1
        hole = squares[1] - rest * (squares[0] - squares[1])
        if hole < 0:
            return None
        return float(hole.sqrt()), float(squares[0].sqrt())
