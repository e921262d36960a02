# verdict: wrong
# what: Forgets the root in A.
# diagnosis: Below the diagonal stands the root of (2n+1)(2k+1).
# told: mistake root_forgotten
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = 2.0 * n + 1
    return -np.tril(np.outer(r, r), -1) - np.diag(n + 1.0), np.sqrt(r)
