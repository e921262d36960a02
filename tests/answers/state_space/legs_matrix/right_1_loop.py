# verdict: right
# what: Two loops.
# diagnosis: None: it is right.
import numpy as np


def legs_matrix(N):
    A = np.zeros((N, N))
    for n in range(N):
        for k in range(n + 1):
            A[n, k] = -(n + 1) if n == k else -np.sqrt((2 * n + 1) * (2 * k + 1))
    return A, np.array([np.sqrt(2 * n + 1) for n in range(N)])
