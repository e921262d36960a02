# verdict: wrong
# what: the factor max_norm / norm is computed before the norm is looked at, so a gradient of zeros raises ZeroDivisionError.
# diagnosis: All numbers may be 0: test norm > max_norm first, and divide only then.
# told: look before you divide
import math

import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    norm = math.sqrt(sum(float(v) ** 2 for g in gradients.values() for v in np.ravel(g)))
    factor = min(1.0, max_norm / norm)
    out = {}
    for name, g in gradients.items():
        out[name] = np.asarray(g * factor, dtype=g.dtype)
    return out
