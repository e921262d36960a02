# verdict: wrong
# what: The diagonal follows the formula of the triangle: -(2n + 1).
# diagnosis: On the diagonal stands -(n + 1), not the product of the two roots.
# told: mistake root_on_the_diagonal
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    return -np.tril(np.outer(r, r)), r
