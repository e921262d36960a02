# verdict: wrong
# what: Decomposes the transpose, so that the result turns on the other side.
# diagnosis: A turn A stands on the left of `normal`, so Q must take it over on its left: decompose `normal` itself.
# told: mistake transpose_decomposed
import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    Q, R = np.linalg.qr(normal.T)
    return radius * (Q * np.sign(np.diag(R))).T
