# verdict: wrong
# what: Multiplies by the square of the radius.
# diagnosis: W stretches by radius; in W^T W it stands squared.
# told: mistake radius_squared
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
    return radius**2 * Q * np.sign(np.diag(R))
