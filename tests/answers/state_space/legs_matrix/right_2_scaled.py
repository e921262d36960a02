# verdict: right
# what: D (tril of ones) D with the diagonal put right.
# diagnosis: None: it is right.
import numpy as np


def legs_matrix(N):
    r = np.sqrt(2 * np.arange(N) + 1.0)
    D = np.diag(r)
    A = -D @ np.tril(np.ones((N, N))) @ D + np.diag(np.arange(N) * 1.0)
    return A, r
