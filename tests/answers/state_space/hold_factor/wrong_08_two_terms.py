# verdict: wrong
# what: Near 0 (|z| < 1e-3) two terms of the series.
# diagnosis: Two terms leave an error of z^2/6, which at 1e-3 is more than eleven digits allow.
# told: digits only
import numpy as np


def hold_factor(A, delta):
    z = delta * A
    small = abs(z) < 1e-3
    safe = np.where(small, 1, A)
    return np.where(small, delta * (1 + z / 2), np.expm1(z) / safe)
