# verdict: wrong
# what: Does not take off what is left of h0.
# diagnosis: The start is still in the states: take off Lambda^time h0 first.
# told: mistake start_forgotten
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
    V = Lambda[:, None] ** np.arange(time - 1, -1, -1)
    A = np.concatenate([V.real, V.imag])
    return np.linalg.lstsq(A, np.concatenate([h.real, h.imag]), rcond=None)[0]
