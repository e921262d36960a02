"""Backpropagation through time, by hand."""

import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    """The gradient of a loss with respect to W, U, b and h0 of h_t = tanh(W h_{t-1} + U x_t + b).

    x: (batch, time, d_in). h: (batch, time, d_hidden), the states of the network.
    grad_h: (batch, time, d_hidden), how fast the loss grows with each state when it looks at it directly.
    W: (d_hidden, d_hidden). U: (d_hidden, d_in). h0: (batch, d_hidden), the state before the first step.
    Returns {"W": (d_hidden, d_hidden), "U": (d_hidden, d_in), "b": (d_hidden,), "h0": (batch, d_hidden)}.
    """
    # BEGIN SOLUTION
    grad_W, grad_U, grad_b = np.zeros_like(W), np.zeros_like(U), np.zeros_like(W[0])
    from_later = np.zeros_like(h0)  # what the steps after t want of h_t
    for t in reversed(range(x.shape[1])):
        before = h[:, t - 1] if t > 0 else h0
        grad_z = (1 - h[:, t] ** 2) * (grad_h[:, t] + from_later)
        grad_W += grad_z.T @ before
        grad_U += grad_z.T @ x[:, t]
        grad_b += grad_z.sum(axis=0)
        from_later = grad_z @ W
    return {"W": grad_W, "U": grad_U, "b": grad_b, "h0": from_later}
    # END SOLUTION
