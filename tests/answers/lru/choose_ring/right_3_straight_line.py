# verdict: right
# what: Draws a straight line through two points, for the area outside of a radius over the share of the states there, by solving for its coefficients with numpy.
# diagnosis: None: it is right.
"""A ring for the memory that a task needs."""

import numpy as np


def choose_ring(share: float, half_life: float, longest: float) -> tuple[float, float] | None:
    """The ring on which this share of the states has a half-life above `half_life`, and none above `longest`.

    Args:
        share: which share of the states, above 0 and below 1.
        half_life: in steps, above 0 and below `longest`.
        longest: the half-life on the outer edge of the ring, in steps; may be math.inf.

    Returns:
        r_min and r_max with 0 <= r_min < r_max <= 1, or None where no ring can do it.
    """
    mid = -np.expm1(2 * np.log(2) * (1 / longest - 1 / half_life))
    # 1 - (radius / r_max)**2 = a + b * (share outside): it is 0 at 0, mid at `share`, and at 1 it is what we want
    a, b = np.linalg.solve(np.array([[1.0, 0.0], [1.0, float(share)]]), np.array([0.0, mid]))
    hole = 1 - (a + b)
    r_max = 2.0 ** (-1 / longest)
    return (float(r_max * np.sqrt(hole)), float(r_max)) if hole >= 0 else None
