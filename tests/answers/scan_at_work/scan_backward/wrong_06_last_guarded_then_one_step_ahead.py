# verdict: wrong
# what: The last step is handled rightly by a special case, but every other step looks only one step ahead, at grad[t+1] instead of the whole g[t+1].
# diagnosis: What comes back through h[t+1] is its whole effect g[t+1], not only grad[t+1]; otherwise pushes reach just one step far.
# told: mistake one_step_ahead
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    T = len(a)
    grad_a, grad_b = [], []
    for t in range(T):
        if t == T - 1:
            g = grad[t]
        else:
            g = grad[t] + np.conj(a[t + 1]) * grad[t + 1]
        before = h[t - 1] if t else h0
        grad_b.append(g)
        grad_a.append(g * np.conj(before))
    return grad_a, grad_b, grad_b[0] * np.conj(a[0])
