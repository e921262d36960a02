# verdict: wrong
# what: every array is measured and shortened by its own norm, so the direction of the whole arrow changes and the global norm is not max_norm.
# diagnosis: All arrays together are one arrow with one length: add the squares of all of them first, then scale all by the same factor.
# told: mistake each_array_by_itself
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    result = {}
    for name, g in gradients.items():
        norm = np.sqrt((g**2).sum())
        if norm > max_norm:
            result[name] = (g * (max_norm / norm)).astype(g.dtype)
        else:
            result[name] = g.copy()
    return result
