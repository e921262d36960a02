# verdict: wrong
# what: B without the root.
# diagnosis: B is the root of 2n + 1.
# told: mistake root_of_B_forgotten
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    return -np.tril(np.outer(r, r), -1) - np.diag(n + 1.0), 2.0 * n + 1
