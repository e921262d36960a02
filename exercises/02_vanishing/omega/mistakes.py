"""What goes wrong with Omega."""

import numpy as np


def _omega(grad_z, h, W, matrix=None, slopes=None, gradients=None, bent=None):
    """With another choice put in where one is given. bent: what is made of ratio, g, u, s for the
    derivative."""
    total, grad_W = 0.0, np.zeros_like(W)
    slopes = 1 - h[:-1] ** 2 if slopes is None else slopes
    for s, g in zip(slopes, grad_z[1:] if gradients is None else gradients, strict=True):
        if g @ g < 1e-20:
            continue
        u = s * ((W.T if matrix is None else matrix) @ g)
        size, arrived = np.sqrt(g @ g), np.sqrt(u @ u)
        total += (arrived / size - 1) ** 2
        slope = 2 * (arrived / size - 1) / (size * arrived)
        grad_W += slope * np.outer(g, s * u) if bent is None else bent(slope, g, u, s)
    return total, grad_W


def matrix_for_its_transpose(grad_z, h, W):
    """You multiply the gradient by W. On the way back it is W transposed."""
    return _omega(grad_z, h, W, matrix=W)


def slope_of_the_later_state(grad_z, h, W):
    """You take the slope of the later state. The gradient for what is inside the tanh of step t ends with the
    slope of that same tanh, the earlier one."""
    return _omega(grad_z, h, W, slopes=1 - h[1:] ** 2)


def derivative_transposed(grad_z, h, W):
    """Your derivative is the transpose of the right one. Number i of the later gradient meets number j of the
    earlier one in the number of W in row i and column j."""
    value, grad_W = _omega(grad_z, h, W)
    return value, grad_W.T


def two_forgotten(grad_z, h, W):
    """A factor 2 is missing in your derivative. That of a square is twice what was squared, times its own
    derivative."""
    value, grad_W = _omega(grad_z, h, W)
    return value, grad_W / 2


def slope_once(grad_z, h, W):
    """In your derivative the slope appears once too little. It is in u, which you have, and u depends on W by
    way of the slope once more."""
    return _omega(grad_z, h, W, bent=lambda slope, g, u, s: slope * np.outer(g, u))


def divided_twice(grad_z, h, W):
    """Your derivative divides by the length of the later gradient alone, or by that of u alone. The ratio
    brings the one, and the length of u, which is a root, the other."""
    return _omega(grad_z, h, W, bent=lambda slope, g, u, s: slope * np.sqrt(u @ u) * np.outer(g, s * u))


def guard_left_out(grad_z, h, W):
    """You count steps whose gradient is nearly zero. Their ratio is one of rounding errors: leave out each
    whose squared length is below 1e-20."""
    total, grad_W = 0.0, np.zeros_like(W)
    for s, g in zip(1 - h[:-1] ** 2, grad_z[1:], strict=True):
        if not g.any():
            continue
        u = s * (W.T @ g)
        size, arrived = np.sqrt(g @ g), np.sqrt(u @ u)
        total += (arrived / size - 1) ** 2
        grad_W += 2 * (arrived / size - 1) / (size * arrived) * np.outer(g, s * u)
    return total, grad_W


def dead_steps_cost_one(grad_z, h, W):
    """You count a step without a gradient as one that has lost everything. It has lost nothing, because
    nothing came in: leave it out."""
    value, grad_W = _omega(grad_z, h, W)
    return value + sum(float(g @ g) < 1e-20 for g in grad_z[1:]), grad_W


def not_squared(grad_z, h, W):
    """You add up distances from 1. Omega adds up their squares."""
    total, grad_W = 0.0, np.zeros_like(W)
    for s, g in zip(1 - h[:-1] ** 2, grad_z[1:], strict=True):
        if g @ g < 1e-20:
            continue
        u = s * (W.T @ g)
        size, arrived = np.sqrt(g @ g), np.sqrt(u @ u)
        total += abs(arrived / size - 1)
        grad_W += np.sign(arrived / size - 1) / (size * arrived) * np.outer(g, s * u)
    return total, grad_W


def mean_for_the_sum(grad_z, h, W):
    """You return a mean over the steps. Omega is their sum."""
    value, grad_W = _omega(grad_z, h, W)
    steps = max(1, len(h) - 1)
    return value / steps, grad_W / steps


def ratio_of_squares(grad_z, h, W):
    """Your ratio is that of the squared lengths. Take the roots before you divide."""
    total, grad_W = 0.0, np.zeros_like(W)
    for s, g in zip(1 - h[:-1] ** 2, grad_z[1:], strict=True):
        if g @ g < 1e-20:
            continue
        u = s * (W.T @ g)
        ratio = (u @ u) / (g @ g)
        total += (ratio - 1) ** 2
        grad_W += 4 * (ratio - 1) / (g @ g) * np.outer(g, s * u)
    return total, grad_W


def ratio_upside_down(grad_z, h, W):
    """Your ratio is upside down. What arrives at the earlier step is divided by what left the later one."""
    total, grad_W = 0.0, np.zeros_like(W)
    for s, g in zip(1 - h[:-1] ** 2, grad_z[1:], strict=True):
        if g @ g < 1e-20:
            continue
        u = s * (W.T @ g)
        size, arrived = np.sqrt(g @ g), np.sqrt(u @ u)
        total += (size / arrived - 1) ** 2
        grad_W -= 2 * (size / arrived - 1) * size / arrived**3 * np.outer(g, s * u)
    return total, grad_W


def gradients_of_all_steps(grad_z, h, W):
    """You take the length of grad_z at the earlier step for what arrived there. It also holds what the loss
    wants of that step directly: compute what a step back makes of the later gradient."""
    value = 0.0
    for earlier, later in zip(grad_z[:-1], grad_z[1:], strict=True):
        if later @ later >= 1e-20:
            value += (np.sqrt((earlier @ earlier) / (later @ later)) - 1) ** 2
    return value, _omega(grad_z, h, W)[1]


def slope_left_out(grad_z, h, W):
    """You multiply by W transposed alone. A step back also goes through the tanh of the earlier step:
    multiply by its slope."""
    return _omega(grad_z, h, W, slopes=np.ones_like(h[:-1]))


def right_all_steps_at_once(grad_z, h, W):
    """All steps side by side."""
    later, slopes = grad_z[1:], 1 - h[:-1] * h[:-1]
    counts = (later**2).sum(1) >= 1e-20
    later, slopes = later[counts], slopes[counts]
    u = later @ W * slopes
    size, arrived = np.linalg.norm(later, axis=1), np.linalg.norm(u, axis=1)
    off = arrived / size - 1
    return np.sum(off**2), np.einsum("t,ti,tj->ij", 2 * off / size / arrived, later, slopes * u)


def right_square_first(grad_z, h, W):
    """From the derivative of the squared length."""
    total, grad_W = 0.0, np.zeros(W.shape)
    for t in range(len(h) - 1):
        norm = np.sqrt((grad_z[t + 1] ** 2).sum())
        if norm < 1e-10:
            continue
        g = grad_z[t + 1] / norm
        u = (g @ W) * (1 - h[t] ** 2)
        square = u @ u
        total += (np.sqrt(square) - 1) ** 2
        grad_W += (1 - 1 / np.sqrt(square)) * 2 * np.outer(g, u * (1 - h[t] ** 2))
    return [float(total), grad_W]
