# verdict: wrong
# what: Mends the signs, but of the rows of Q.
# diagnosis: The signs of R's diagonal belong to the columns of Q.
# told: mistake signs_on_the_rows
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
    return radius * np.sign(np.diag(R))[:, None] * Q
