# verdict: wrong
# what: Leaves out the radius.
# diagnosis: W stretches every vector by radius, so multiply by it.
# told: mistake radius_forgotten
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
    return Q * np.sign(np.diag(R))
