# verdict: right
# what: math.hypot with all numbers as arguments gives the norm without a square in sight.
# diagnosis: none
import math
import itertools

import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    arrays = {name: np.asarray(g) for name, g in gradients.items()}
    norm = math.hypot(*itertools.chain.from_iterable(a.ravel().tolist() for a in arrays.values()))
    if not norm > max_norm:
        return {name: a.copy() for name, a in arrays.items()}
    return {name: np.array(a * (max_norm / norm), dtype=a.dtype) for name, a in arrays.items()}
