"""A random orthogonal matrix, none likelier than another."""

import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    # BEGIN SOLUTION
    Q, R = np.linalg.qr(normal)
    return radius * Q * np.sign(np.diag(R))
    # END SOLUTION
