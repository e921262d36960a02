# verdict: wrong
# what: Fills an array of whole numbers.
# diagnosis: An array made of integers cuts the fractions off: make it float.
# told: mistake whole_numbers
import numpy as np


def legs_matrix(N):
    A = np.zeros((N, N), dtype=int)
    B = np.zeros(N)
    for n in range(N):
        B[n] = (2 * n + 1) ** 0.5
        A[n, n] = -(n + 1)
        for k in range(n):
            A[n, k] = -((2 * n + 1) * (2 * k + 1)) ** 0.5
    return A.astype(float), B
