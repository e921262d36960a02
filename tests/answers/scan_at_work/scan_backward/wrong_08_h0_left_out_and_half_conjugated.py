# verdict: wrong
# what: Two errors: the first decay gets gradient zero as if there were no h0, and the states that multiply a gradient are not conjugated.
# diagnosis: The first decay multiplies h0, so its gradient is g[0] times h0, and states are factors that must be conjugated too.
# told: the state before it is h0
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    dtype = np.result_type(a, h, grad, float)
    g = np.array(grad, dtype=dtype)
    for t in range(len(g) - 2, -1, -1):
        g[t] += np.conj(a[t + 1]) * g[t + 1]
    grad_a = np.zeros_like(g)
    grad_a[1:] = g[1:] * h[:-1]
    return grad_a, g, np.conj(a[0]) * g[0]
