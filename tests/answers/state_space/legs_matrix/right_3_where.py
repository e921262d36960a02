# verdict: right
# what: By np.where on a grid.
# diagnosis: None: it is right.
import numpy as np


def legs_matrix(N):
    n, k = np.indices((N, N))
    A = np.where(n > k, -np.sqrt((2 * n + 1) * (2 * k + 1)), np.where(n == k, -(n + 1.0), 0.0))
    return A, (2 * np.arange(N) + 1) ** 0.5
