# verdict: wrong
# what: Multiplies by h[t] for the gradient of a[t], instead of by the state before the step.
# diagnosis: a[t] multiplies the state before its step, h[t-1] (h0 at the start), so that is the factor of its gradient.
# told: mistake state_after_instead_of_before
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    g = [grad[-1]]
    for decay, own in zip(a[:0:-1], grad[-2::-1]):
        g.append(own + np.conj(decay) * g[-1])
    grad_b = np.array(g[::-1])
    grad_a = grad_b * np.conj(h)
    grad_h0 = np.conj(a[0]) * grad_b[0]
    return grad_a, grad_b, grad_h0
