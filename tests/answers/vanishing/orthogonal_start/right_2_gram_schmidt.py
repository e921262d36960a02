# verdict: right
# what: Gram-Schmidt, twice for each column.
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
    columns = []
    for v in normal.T.astype(float):
        for _ in range(2):
            for q in columns:
                v = v - (q @ v) * q
            v = v / np.sqrt(v @ v)
        columns.append(v)
    return radius * np.array(columns).T
