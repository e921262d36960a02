# verdict: right
# what: Solves for the weights with numpy and asks np.roots.
# diagnosis: none
import numpy as np


def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    p, q = np.linalg.solve([[y[1], y[0]], [y[2], y[1]]], [y[2], y[3]])
    r, s = sorted(np.roots([1.0, -p, -q]).real)
    return r, s
