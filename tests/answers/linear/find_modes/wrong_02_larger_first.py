# verdict: wrong
# what: Gives the larger mode first.
# diagnosis: The smaller one comes first.
# told: mistake larger_first
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
    det = y1 * y1 - y0 * y2
    p = (y1 * y2 - y0 * y3) / det
    q = (y1 * y3 - y2 * y2) / det

    root = math.sqrt(max(p * p + 4 * q, 0.0))
    return ((p + root) / 2, (p - root) / 2)
