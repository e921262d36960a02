# verdict: right
# what: Computes the formula with sixty decimal digits, number by number.
# diagnosis: none
"""The bias that starts a step with a given length."""

from decimal import Decimal, localcontext

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    def one(d):
        with localcontext() as context:
            context.prec = 60
            d = Decimal(float(d))
            return float(d + (1 - (-d).exp()).ln())

    return np.array([one(d) for d in delta.flat], dtype=np.float64).reshape(delta.shape)
