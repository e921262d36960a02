# verdict: wrong
# what: Adds the half outer product that makes it normal.
# diagnosis: That is the matrix whose eigenvalues S4D starts from, not the one that keeps the polynomial.
# told: mistake made_normal
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    A = -np.tril(np.outer(r, r), -1) - np.diag(n + 1.0)
    p = np.sqrt(n + 0.5)
    return A + np.outer(p, p), r
