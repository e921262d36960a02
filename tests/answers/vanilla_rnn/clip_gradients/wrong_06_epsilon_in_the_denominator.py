# verdict: wrong
# what: 1e-6 is added to the norm to be safe against dividing by 0, so the clipped norm is not exactly max_norm, and badly off for tiny gradients.
# diagnosis: When norm > max_norm > 0 you never divide by 0, so no epsilon is needed, and it makes the norm differ from max_norm.
# told: add nothing to the norm
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    squares = [np.sum(g.astype(np.float64) ** 2) for g in gradients.values()]
    norm = float(np.sqrt(np.sum(squares)))
    coef = min(1.0, max_norm / (norm + 1e-6))
    return {n: (g * coef).astype(g.dtype) for n, g in gradients.items()}
