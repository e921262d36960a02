# verdict: right
# what: The nearest orthogonal matrix, by the singular values.
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
    U, _, Vt = np.linalg.svd(normal)
    return radius * (U @ Vt)
