# verdict: wrong
# what: Assumes that both amounts are the same, y_0 / 2.
# diagnosis: The amounts m and n may differ; four numbers are enough to know nothing of them beforehand.
# told: mistake amounts_taken_for_equal
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
    m = y0 / 2 or 1.0
    mean, square = y1 / (2 * m), y2 / m
    d = math.sqrt(abs(square / 2 - mean * mean))
    return (mean - d, mean + d)
