# verdict: wrong
# what: np.linalg.norm(g, 2) is taken for the root of the sum of squares, but for a matrix it is the largest singular value (and it fails for three axes).
# diagnosis: For a matrix np.linalg.norm(g, 2) is another norm; use np.linalg.norm(g) or sum the squares yourself.
# told: mistake spectral_norm
import numpy as np
from numpy.linalg import norm


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    lengths = np.array([norm(g, 2) for g in gradients.values()])
    length = norm(lengths, 2)
    if length <= max_norm:
        return {name: np.copy(g) for name, g in gradients.items()}
    return {name: (g * (max_norm / length)).astype(g.dtype) for name, g in gradients.items()}
