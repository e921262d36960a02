# verdict: wrong
# what: Gives Q of a QR decomposition.
# diagnosis: Q has signs of its own making, so turning `normal` does not turn it: mend the signs by the diagonal of R.
# told: mistake signs_left_as_they_come
import numpy as np


def orthogonal_start(normal: np.ndarray, radius: float) -> np.ndarray:
    """A matrix that stretches every vector by `radius`, and turns with `normal`.

    Args:
        normal: (n, n), independent standard normal numbers.
        radius: by how much it stretches, above 0.

    Returns:
        (n, n), the same for the same arguments.
    """
    return radius * np.linalg.qr(normal)[0]
