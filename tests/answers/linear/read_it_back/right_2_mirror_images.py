# verdict: right
# what: Adds the mirror images of the factors and solves in complex numbers.
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
    factors = np.concatenate([Lambda, Lambda.conj()])
    left = h - h0 * Lambda**time
    states = np.concatenate([left, left.conj()])
    V = np.stack([factors ** (time - 1 - t) for t in range(time)], axis=1)
    return np.real(np.linalg.pinv(V) @ states)
