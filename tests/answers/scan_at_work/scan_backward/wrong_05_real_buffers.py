# verdict: wrong
# what: Stores the results in arrays of real numbers, so the imaginary parts are thrown away for complex input.
# diagnosis: np.zeros makes real arrays and storing a complex number in them drops its imaginary part; give them the dtype of the data.
# told: mistake real_results
import warnings

import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    T = len(grad)
    grad_a = np.zeros(T)
    grad_b = np.zeros(T)
    carry = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for t in range(T - 1, -1, -1):
            g = grad[t] + carry
            prev = h0 if t == 0 else h[t - 1]
            grad_b[t] = np.real_if_close(g)
            grad_a[t] = g * np.conj(prev)
            carry = np.conj(a[t]) * g
    return grad_a, grad_b, carry
