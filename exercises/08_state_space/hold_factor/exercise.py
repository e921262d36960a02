"""The input's factor of the exact step, for any A."""

import numpy as np
from numpy.typing import NDArray


def hold_factor(A: NDArray[np.complex128], delta: NDArray[np.float64]) -> NDArray[np.complex128]:
    """(exp(delta A) - 1) / A, and delta where A is 0.

    Args:
        A: complex, (N,); may be 0. Real parts are 0 or negative.
        delta: above 0, (N,).

    Returns:
        The factors, complex, (N,), each right to eleven digits.
    """
    # BEGIN SOLUTION
    z = delta * A
    zero = z == 0
    safe = np.where(zero, 1, z)
    return delta * np.where(zero, 1, np.expm1(safe) / safe)
    # END SOLUTION
