# verdict: wrong
# what: Counts rows from 1.
# diagnosis: Rows and columns count from 0: the first diagonal entry is -1.
# told: mistake counted_from_one
import numpy as np


def legs_matrix(N):
    n = np.arange(1, N + 1)
    r = np.sqrt(2 * n + 1)
    return -np.tril(np.outer(r, r), -1) - np.diag(n + 1.0), r
