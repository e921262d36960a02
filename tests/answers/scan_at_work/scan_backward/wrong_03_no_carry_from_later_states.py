# verdict: wrong
# what: Takes the gradient of each state alone as its whole effect and forgets what goes on through the later states.
# diagnosis: grad[t] is only what happens right there; add what a push on h[t] does through h[t+1] and all that follows.
# told: mistake only_its_own_step
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    previous = np.append(h0, h[:-1])
    grad_b = np.array(grad)
    grad_a = np.conj(previous) * grad
    grad_h0 = np.conj(a[0]) * grad[0]
    return grad_a, grad_b, grad_h0
