# verdict: wrong
# what: two errors: the norm is the sum of the absolute values, and a short gradient is answered with the very dictionary that came in.
# diagnosis: Use the root of the sum of squares, not the sum of absolute values; and return a new dictionary also when nothing is clipped.
# told: mistake absolute_values_for_squares
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    flat = np.concatenate([g.ravel() for g in gradients.values()])
    norm = np.abs(flat).sum()
    if norm <= max_norm:
        return gradients
    return {name: (g * max_norm / norm).astype(g.dtype) for name, g in gradients.items()}
