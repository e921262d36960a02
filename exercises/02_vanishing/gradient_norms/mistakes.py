"""What goes wrong on the way back."""

import numpy as np


def _arrows(matrix, slopes, grad_last):
    """The gradient at each state on its way back, from the last one on."""
    arrows = [grad_last]
    for slope in slopes[:0:-1]:
        arrows.append(matrix @ (slope * arrows[-1]))
    return np.array(arrows)


def _walk(W, h, grad_last, matrix=None, slopes=None):
    """The norms, with another matrix or other slopes where they are given."""
    slopes = 1 - h**2 if slopes is None else slopes
    return np.linalg.norm(_arrows(W.T if matrix is None else matrix, slopes, grad_last), axis=1)


def matrix_for_its_transpose(W, h, grad_last):
    """You multiply by W. That is the way of a push, forward in time; blame goes the other way, from each new
    number back to the old ones that pushed it, and that is W transposed."""
    return _walk(W, h, grad_last, matrix=W)


def slope_of_the_earlier_state(W, h, grad_last):
    """You take the slope of the state that the gradient goes to. It passes through the tanh that made the
    later state, the one that it comes from."""
    return _walk(W, np.concatenate([h[:1], h[:-1]]), grad_last)


def slopes_forgotten(W, h, grad_last):
    """You multiply by W alone. On the way back the gradient also passes a tanh at each step: multiply by its
    slope."""
    return _walk(W, 0 * h, grad_last)


def slope_after_the_matrix(W, h, grad_last):
    """You multiply by the slopes after W transposed. On the way back the tanh comes first: the later state is
    the output of a tanh, and W is inside it."""
    arrow, norms = grad_last, [np.linalg.norm(grad_last)]
    for later in h[:0:-1]:
        arrow = (1 - later**2) * (W.T @ arrow)
        norms.append(np.linalg.norm(arrow))
    return np.array(norms)


def slope_of_a_second_tanh(W, h, grad_last):
    """You take the tanh once more. h is the output of the tanh already, so its slope is one minus h
    squared."""
    return _walk(W, h, grad_last, slopes=1 - np.tanh(h) ** 2)


def slope_not_squared(W, h, grad_last):
    """Your slope is one minus h. The slope of tanh is one minus the square of its output."""
    return _walk(W, h, grad_last, slopes=1 - h)


def square_outside(W, h, grad_last):
    """Your slope is the square of one minus h. It is the other way round: one minus the square of h."""
    return _walk(W, h, grad_last, slopes=(1 - h) ** 2)


def by_time(W, h, grad_last):
    """Your norms are in the order of time. Place 0 is asked for the last state, and each further place is one
    step earlier."""
    return _walk(W, h, grad_last)[::-1]


def squares_without_a_root(W, h, grad_last):
    """You return sums of squares. The norm is the root of that."""
    return _walk(W, h, grad_last) ** 2


def largest_number_for_the_norm(W, h, grad_last):
    """You take the largest number of the arrow. Its norm is the root of the sum of the squares of all."""
    return abs(_arrows(W.T, 1 - h**2, grad_last)).max(axis=1)


def inside_the_tanh(W, h, grad_last):
    """You measure what has gone through the slopes already: that is the gradient with respect to what is
    inside the tanh. Measure it at the state, before it enters the tanh."""
    return np.linalg.norm((1 - h[::-1] ** 2) * _arrows(W.T, 1 - h**2, grad_last), axis=1)


def bound_for_the_norm(W, h, grad_last):
    """You multiply the largest stretches. That is a bound, the most that can be left. How much is left
    depends on the direction, so walk back with the arrow itself."""
    steps = np.linalg.norm(W, 2) * (1 - h[:0:-1] ** 2).max(axis=1)
    return np.linalg.norm(grad_last) * np.concatenate([[1.0], np.cumprod(steps)])


def whole_jacobian(W, h, grad_last):
    """You measure the Jacobian, as if grad_last had nothing to say. Multiply grad_last through it, and take
    the norm of that arrow."""
    product, norms = np.eye(len(W)), [1.0]
    for later in h[:0:-1]:
        product = product @ np.diag(1 - later**2) @ W
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms)


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
