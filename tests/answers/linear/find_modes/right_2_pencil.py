# verdict: right
# what: The eigenvalues of one shifted table over the other.
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
    H0 = np.array([[y[0], y[1]], [y[1], y[2]]], dtype=float)
    H1 = np.array([[y[1], y[2]], [y[2], y[3]]], dtype=float)
    return sorted(np.linalg.eigvals(np.linalg.solve(H0, H1)).real.tolist())
