# verdict: right
# what: Computes each number by itself with 80 decimal digits.
# diagnosis: none
"""The decay and the input of the RG-LRU."""

from decimal import Decimal, localcontext

import numpy as np


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    time, dim = x.shape
    a = np.zeros((time, dim))
    b = np.zeros((time, dim))
    one = Decimal(1)
    with localcontext() as context:
        context.prec = 80
        for j in range(dim):
            base = one / (one + Decimal(-float(Lambda[j])).exp())
            log_base = base.ln()
            for t in range(time):
                i = one / (one + Decimal(-float(i_push[t, j])).exp())
                value = i * Decimal(float(x[t, j]))
                if not first[t]:
                    r = one / (one + Decimal(-float(r_push[t, j])).exp())
                    decay = (8 * r * log_base).exp()
                    a[t, j] = float(decay)
                    value *= (one - decay * decay).sqrt()
                b[t, j] = float(value)
    return a, b
