# verdict: wrong
# what: Solves with a ridge of 0.01, for safety.
# diagnosis: The ridge pulls all inputs towards 0, and six digits are lost.
# told: mistake pulled_towards_zero
import numpy as np
from numpy.typing import NDArray


def read_it_back(
    Lambda: NDArray[np.complex128],
    h: NDArray[np.complex128],
    h0: NDArray[np.complex128],
    time: int,
) -> NDArray[np.float64]:
    """The real inputs of h_t = Lambda * h_{t-1} + x_t, from its last states.

    Args:
        Lambda: factors, (N,); all different, none real, none the mirror image of another.
        h: the states after the last step, (N,).
        h0: the states before the first step, (N,).
        time: how many inputs there were, 1 to 2 N.

    Returns:
        The inputs in their order, (time,).
    """
    left = h - Lambda**time * h0
    V = Lambda[:, None] ** np.arange(time - 1, -1, -1)
    A = np.vstack([V.real, V.imag])
    y = np.hstack([left.real, left.imag])
    return np.linalg.solve(A.T @ A + 0.01 * np.eye(time), A.T @ y)
