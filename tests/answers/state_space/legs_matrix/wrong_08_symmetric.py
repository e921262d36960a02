# verdict: wrong
# what: Both triangles are filled.
# diagnosis: Above the diagonal there is nothing.
# told: mistake both_triangles
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    A = -np.outer(r, r)
    np.fill_diagonal(A, -(n + 1.0))
    return A, r
