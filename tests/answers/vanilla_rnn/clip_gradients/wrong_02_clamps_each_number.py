# verdict: wrong
# what: each number is clamped to the range from -max_norm to max_norm instead of scaling the arrow, so its direction changes.
# diagnosis: Clamping numbers one by one turns the arrow; multiply all numbers by the same factor max_norm / norm.
# told: mistake each_number_by_itself
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    return {k: np.clip(v, -max_norm, max_norm).astype(v.dtype) for k, v in gradients.items()}
