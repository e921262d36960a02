# verdict: wrong
# what: Draws the signs by chance.
# diagnosis: No further chance: the same arguments give the same matrix, and signs of your own are not turned along.
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
    Q, _ = np.linalg.qr(normal)
    signs = np.random.default_rng(0).choice([-1.0, 1.0], len(Q))
    return radius * Q * signs
