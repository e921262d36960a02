# verdict: wrong
# what: Divides by y_0 on its way, and returns nonsense when that is 0.
# diagnosis: Any one of the four may be 0, so do not divide by one of them.
# told: mistake divided_by_the_first
import math


def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    y0, y1, y2, y3 = y
    y0 = y0 or 1e-12
    u1, u2, u3 = y1 / y0, y2 / y0, y3 / y0
    if abs(y0) < 1e-9:
        return (0.0, u1)
    p = (u1 * u2 - u3) / (u1 * u1 - u2)
    q = (u1 * u3 - u2 * u2) / (u1 * u1 - u2)
    root = math.sqrt(max(p * p + 4 * q, 0.0))
    return ((p - root) / 2, (p + root) / 2)
