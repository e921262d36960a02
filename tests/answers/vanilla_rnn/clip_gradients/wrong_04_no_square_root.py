# verdict: wrong
# what: the sum of the squares is compared with max_norm and used as the norm; the square root is missing.
# diagnosis: The length is the square root of the sum of the squares; check it with 3 and -4, whose length is 5 and not 25.
# told: mistake square_root_forgotten
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    norm = sum(float((g * g).sum()) for g in gradients.values())
    scale = max_norm / norm if norm > max_norm else 1.0
    clipped = {}
    for key in gradients:
        clipped[key] = (scale * gradients[key]).astype(gradients[key].dtype)
    return clipped
