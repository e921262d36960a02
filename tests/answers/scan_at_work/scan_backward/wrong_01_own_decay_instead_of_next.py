# verdict: wrong
# what: Carries the gradient back through a[t] instead of a[t+1].
# diagnosis: A push on h[t] reaches h[t+1] through the decay of the later step, a[t+1].
# told: mistake decay_of_the_same_step
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    T = len(a)
    g = np.zeros(T, dtype=np.result_type(a, h, grad, h0, float))
    carry = 0
    for t in range(T - 1, -1, -1):
        carry = grad[t] + np.conj(a[t]) * carry
        g[t] = carry
    before = np.concatenate([[h0], h[:-1]])
    return g * np.conj(before), g, np.conj(a[0]) * g[0]
