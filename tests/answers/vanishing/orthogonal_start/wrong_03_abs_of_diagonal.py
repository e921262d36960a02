# verdict: wrong
# what: Multiplies by the diagonal of R itself, not only by its sign.
# diagnosis: Only the sign is wanted; with its size the columns are no longer of length 1.
# told: mistake diagonal_for_its_sign
import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    Q, R = np.linalg.qr(normal)
    return radius * Q * np.diag(R)
