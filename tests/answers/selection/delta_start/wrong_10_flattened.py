# verdict: wrong
# what: Computes the right biases and returns them as one flat array.
# diagnosis: The array may have any shape, and the biases must come back in it.
# told: The shape is
"""The bias that starts a step with a given length."""

import math

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    out = []
    for d in delta.ravel():
        out.append(d + math.log(-math.expm1(-d)))
    return np.array(out)
