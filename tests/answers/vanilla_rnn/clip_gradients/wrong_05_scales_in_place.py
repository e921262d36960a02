# verdict: wrong
# what: the numbers are right, but the arrays of the caller are multiplied in place.
# diagnosis: g *= factor changes the array you were given; write g * factor, which makes a new one.
# told: in place
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    norm = np.sqrt(sum(np.sum(np.asarray(g, dtype=np.float64) ** 2) for g in gradients.values()))
    new = dict(gradients)  # a new dictionary, so that the old one is safe
    if norm > max_norm:
        for g in new.values():
            g *= max_norm / norm
    return new
