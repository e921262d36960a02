# verdict: wrong
# what: The gradients are right but are returned in the order in which they were found, from the last step to the first.
# diagnosis: You walk from the end and append, so your lists run backwards in time; turn them round before you return them.
# told: mistake returned_backwards
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    grad_a, grad_b = [], []
    back = 0.0
    states = [h0, *h[:-1]]
    for decay, state, own in zip(a[::-1], states[::-1], grad[::-1]):
        g = own + back
        grad_b.append(g)
        grad_a.append(np.conj(state) * g)
        back = np.conj(decay) * g
    return np.array(grad_a), np.array(grad_b), back
