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
