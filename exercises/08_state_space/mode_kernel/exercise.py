"""The answer to a single 1, from one of each pair of modes."""

import numpy as np
from numpy.typing import NDArray


def mode_kernel(
    A: NDArray[np.complex128], C: NDArray[np.complex128], delta: float, length: int
) -> NDArray[np.float64]:
    """K_l, the output l steps after a single 1, of all modes together.

    Args:
        A: the real modes and one of each pair of complex ones, (N,).
        C: what each mode is multiplied by on its way out, (N,).
        delta: the length of a step, above 0.
        length: how many numbers are wanted, at least 1.

    Returns:
        The kernel, real, (length,).
    """
    # BEGIN SOLUTION
    z = delta * A
    rows = (C * np.expm1(z) / A)[:, None] * np.exp(z[:, None] * np.arange(length))
    weight = np.where(A.imag == 0, 1, 2)
    return weight @ rows.real
    # END SOLUTION
