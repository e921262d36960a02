# verdict: wrong
# what: the arrays come back as float64 whatever dtype they had.
# diagnosis: The result must have the dtypes that came in: convert back with .astype(g.dtype).
# told: The dtype is float64, expected float32
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    as_float = {name: np.array(g, dtype=float) for name, g in gradients.items()}
    norm = np.sqrt(sum((g**2).sum() for g in as_float.values()))
    if norm > max_norm:
        for name in as_float:
            as_float[name] = as_float[name] * (max_norm / norm)
    return as_float
