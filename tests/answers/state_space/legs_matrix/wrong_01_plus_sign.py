# verdict: wrong
# what: Without the minus signs.
# diagnosis: The state has to let go of the past as time goes on: A is minus that.
# told: mistake sign_lost
import numpy as np


def legs_matrix(N):
    n = np.arange(N)
    r = np.sqrt(2 * n + 1)
    A = np.tril(np.outer(r, r), -1) + np.diag(n + 1.0)
    return A, r
