# verdict: wrong
# what: Divides by the root of n, so that columns are of length 1 on average.
# diagnosis: Random columns are only nearly at right angles; the first rule asks for it exactly.
# told: mistake random_and_scaled
import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    n = len(normal)
    return radius * normal / np.sqrt(n)
