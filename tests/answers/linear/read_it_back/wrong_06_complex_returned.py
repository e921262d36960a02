# verdict: wrong
# what: Returns complex numbers whose imaginary parts are about 0.
# diagnosis: The inputs are real numbers: return float64.
# told: complex128, expected float64
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
    both = np.concatenate([V, V.conj()])
    return np.linalg.lstsq(both, np.concatenate([left, left.conj()]), rcond=None)[0]
