"""What goes wrong on the way back."""

import numpy as np


def _walk(W, h, grad_last):
    grad, norms = grad_last, [np.linalg.norm(grad_last)]
    for t in range(len(h) - 1, 0, -1):
        grad = W @ ((1 - h[t] ** 2) * grad)
        norms.append(np.linalg.norm(grad))
    return np.array(norms)


def matrix_for_its_transpose(W, h, grad_last):
    """You multiply by W. That is the way of a push, forward in time; blame goes the other way, from each new
    number back to the old ones that pushed it, and that is W transposed."""
    return _walk(W, h, grad_last)


def slope_of_the_earlier_state(W, h, grad_last):
    """You take the slope of the state that the gradient goes to. It passes through the tanh that made the
    later state, the one that it comes from."""
    return _walk(W.T, np.concatenate([h[:1], h[:-1]]), grad_last)


def slopes_forgotten(W, h, grad_last):
    """You multiply by W alone. On the way back the gradient also passes a tanh at each step: multiply by its
    slope."""
    return _walk(W.T, 0 * h, grad_last)


def right_rows(W, h, grad_last):
    """Row vectors, so that W stands on the right."""
    rows = [np.asarray(grad_last, dtype=float)]
    for later in reversed(h[1:]):
        rows.append(rows[-1] @ (W * (1 - later * later)[:, None]))
    return np.sqrt(np.square(rows).sum(axis=1))


def right_filled_from_the_end(W, h, grad_last):
    """Writes the norms into an array by time, and turns it round at the end."""
    by_time, grad = np.zeros(len(h)), grad_last.copy()
    for t in reversed(range(len(h))):
        by_time[t] = np.dot(grad, grad) ** 0.5
        grad = np.einsum("ij,i->j", W, (1 - h[t]) * (1 + h[t]) * grad)
    return by_time[::-1].copy()
