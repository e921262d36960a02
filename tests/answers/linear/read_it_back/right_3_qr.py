# verdict: right
# what: By QR, with the columns made one step after the other.
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
    column = np.ones(len(Lambda), dtype=complex)
    columns = []
    for _ in range(time):
        columns.append(np.concatenate([column.real, column.imag]))
        column = column * Lambda
    left = h - column * h0
    Q, R = np.linalg.qr(np.array(columns[::-1]).T)
    return np.linalg.solve(R, Q.T @ np.concatenate([left.real, left.imag]))
