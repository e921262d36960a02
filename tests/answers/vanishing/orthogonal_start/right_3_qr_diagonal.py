# verdict: right
# what: QR with its signs mended, written with a diagonal matrix.
# diagnosis: none
import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    Q = np.array(normal, dtype=float)
    Q, R = np.linalg.qr(Q)
    Q = Q @ np.diag(np.where(np.diag(R) < 0, -1.0, 1.0))
    return np.multiply(Q, radius)
