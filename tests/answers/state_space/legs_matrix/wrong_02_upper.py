# verdict: wrong
# what: The upper triangle.
# diagnosis: Row n looks at k below n: the lower triangle.
# told: mistake upper_triangle
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    A = -np.triu(np.outer(r, r), 1) - np.diag(n + 1.0)
    return A, r
