# verdict: right
# what: Real and imaginary parts as equations, by least squares.
# diagnosis: none
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
    V = np.vander(Lambda, time)
    A = np.vstack([V.real, V.imag])
    return np.linalg.lstsq(A, np.hstack([left.real, left.imag]), rcond=None)[0]
