# verdict: wrong
# what: Makes the columns of length 1 and leaves their angles.
# diagnosis: The columns must also stand at right angles to each other.
# told: mistake columns_made_one_long
import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    return radius * normal / np.linalg.norm(normal, axis=0)
