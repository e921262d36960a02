"""The last state as a code of the whole input."""

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
    # BEGIN SOLUTION
    V = np.vander(Lambda, time)
    rest = h - Lambda**time * h0
    matrix = np.concatenate([V.real, V.imag])
    return np.linalg.lstsq(matrix, np.concatenate([rest.real, rest.imag]), rcond=None)[0]
    # END SOLUTION
