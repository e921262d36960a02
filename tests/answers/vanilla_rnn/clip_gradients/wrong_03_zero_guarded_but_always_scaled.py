# verdict: wrong
# what: the zero gradient is guarded, but every other one is scaled to max_norm, so that short gradients are made longer.
# diagnosis: Only what is too long is shortened; if the norm is not greater than max_norm, leave every number as it is.
# told: mistake small_gradients_made_larger
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    total = 0.0
    for g in gradients.values():
        total += float(np.sum(np.square(g, dtype=np.float64)))
    norm = total**0.5
    if norm == 0:
        return {name: g.copy() for name, g in gradients.items()}
    factor = max_norm / norm
    return {name: (g * factor).astype(g.dtype) for name, g in gradients.items()}
