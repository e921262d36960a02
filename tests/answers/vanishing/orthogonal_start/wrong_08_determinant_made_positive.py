# verdict: wrong
# what: Turns a column so that the determinant is 1.
# diagnosis: Then a mirrored `normal` does not give a mirrored result: reflections are orthogonal, too.
# told: mistake mirror_images_excluded
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
    Q = Q * np.sign(np.diag(R))
    if np.linalg.det(Q) < 0:
        Q[:, 0] = -Q[:, 0]
    return radius * Q
