# verdict: wrong
# what: Right for real numbers, but nothing is conjugated for complex ones.
# diagnosis: For complex numbers every factor of a gradient must be conjugated: the decays as well as the states.
# told: mistake no_conjugates
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    n = a.shape[0]
    kind = np.result_type(a.dtype, h.dtype, grad.dtype, type(h0), np.float64)
    grad_a, grad_b = np.empty(n, kind), np.empty(n, kind)
    flow = 0.0
    for t in reversed(range(n)):
        g = grad[t] + flow
        grad_b[t] = g
        grad_a[t] = g * (h[t - 1] if t > 0 else h0)
        flow = a[t] * g
    return grad_a, grad_b, flow
