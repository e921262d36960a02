"""The matrix of HiPPO-LegS."""

import numpy as np
from numpy.typing import NDArray


def legs_matrix(N: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A and B of s c'(s) = A c(s) + B x(s).

    Args:
        N: how many numbers the state has, at least 1.

    Returns:
        The tuple (A, B): float64, (N, N) and (N,).
    """
    # BEGIN SOLUTION
    n = np.arange(N)
    root = np.sqrt(2.0 * n + 1)
    return -np.tril(np.outer(root, root), -1) - np.diag(n + 1.0), root
    # END SOLUTION
