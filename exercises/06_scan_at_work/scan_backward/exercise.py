"""The gradient of a scan is a scan run backwards."""

import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    """The gradients of all that h[t] = a[t] * h[t-1] + b[t] is made of.

    Args:
        a: decays, (time,), real or complex.
        h: the states, (time,).
        h0: the state before the first step.
        grad: how the loss grows with each state alone, (time,).

    Returns:
        grad_a: how the loss grows with each decay, (time,).
        grad_b: how the loss grows with each input, (time,).
        grad_h0: how the loss grows with h0.
    """
    # BEGIN SOLUTION
    g = grad.copy()
    for t in range(len(a) - 2, -1, -1):
        g[t] = grad[t] + np.conj(a[t + 1]) * g[t + 1]
    before = np.append(h0, h[:-1])
    return np.conj(before) * g, g, np.conj(a[0]) * g[0]
    # END SOLUTION
