# verdict: wrong
# what: Takes the recurrence for y_t = y_{t-1} + y_{t-2} and gives its two modes.
# diagnosis: Each box has weights of its own; read them off from the four numbers.
# told: mistake golden_ratio_always
import math


def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    return ((1 - math.sqrt(5)) / 2, (1 + math.sqrt(5)) / 2)
