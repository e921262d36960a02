# verdict: right
# what: Exact fractions until the square root.
# diagnosis: none
import math
from fractions import Fraction


def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    y0, y1, y2, y3 = map(Fraction, y)
    # c0 + c1 r + c2 r^2 is orthogonal to both rows
    c0, c1, c2 = y1 * y3 - y2 * y2, y1 * y2 - y0 * y3, y0 * y2 - y1 * y1
    half, disc = -c1 / (2 * c2), c1 * c1 - 4 * c2 * c0
    wide = abs(math.sqrt(disc) / float(2 * c2))
    return [float(half) - wide, float(half) + wide]
