# verdict: right
# what: a helper class keeps the largest number outside the root so that no square can overflow, and a deep copy is scaled.
# diagnosis: none
import copy
import math

import numpy as np


class Length:
    """The root of a sum of squares, with the largest number taken out of it."""

    def __init__(self, arrays):
        self.values = [abs(float(v)) for a in arrays for v in np.asarray(a).flat]

    def __float__(self):
        top = max(self.values, default=0.0)
        if top == 0.0:
            return 0.0
        return top * math.sqrt(math.fsum((v / top) ** 2 for v in self.values))


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    fresh = copy.deepcopy(dict(gradients))
    length = float(Length(fresh.values()))
    if length > max_norm:
        for name, g in list(fresh.items()):
            g = np.asarray(g)
            fresh[name] = np.asarray(g * (max_norm / length)).astype(g.dtype)
    return fresh
