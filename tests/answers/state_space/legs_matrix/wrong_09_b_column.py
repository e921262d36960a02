# verdict: wrong
# what: B with the shape (N, 1).
# diagnosis: B is asked for as (N,), one row of numbers.
# told: The shape is
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    return -np.tril(np.outer(r, r), -1) - np.diag(n + 1.0), r[:, None]
