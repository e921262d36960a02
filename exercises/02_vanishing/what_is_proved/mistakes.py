"""What is believed of a matrix."""

import numpy as np

STEEPEST = {"tanh": 1.0, "sigmoid": 0.25, "linear": 1.0}


def _judge(W, activation, stretch=None, radius=None, above="open", limit=None):
    stretch = np.linalg.norm(W, 2) if stretch is None else stretch
    radius = max(abs(np.linalg.eigvals(W))) if radius is None else radius
    limit = 1 / STEEPEST[activation] if limit is None else limit
    if activation == "linear":
        return "vanishes" if radius < 1 else "grows"
    return "vanishes" if stretch < limit else above


def eigenvalues_for_all(W, activation):
    """You take the eigenvalues where there are slopes, too. They speak of powers of one matrix; with slopes
    each step has another one. Ask how much a single step can stretch at most: the largest singular value."""
    return _judge(W, activation, stretch=max(abs(np.linalg.eigvals(W))))


def necessary_for_sufficient(W, activation):
    """You say that a large stretch proves growth. It only allows it: strong inputs can press the states to
    where the slopes are near zero, and then everything vanishes. So nothing is proved."""
    return _judge(W, activation, above="grows")


def slope_for_its_inverse(W, activation):
    """You compare the stretch with the slope's limit. Their product must stay below 1: the gentler the
    slopes, the more W may stretch."""
    return _judge(W, activation, limit=STEEPEST[activation])


def right_singular_values(W, activation):
    """All singular values, and all eigenvalues."""
    if activation == "linear":
        return "grows" if any(abs(value) > 1 for value in np.linalg.eigvals(W)) else "vanishes"
    limit = 4.0 if activation == "sigmoid" else 1.0
    return "vanishes" if all(np.linalg.svd(W, compute_uv=False) < limit) else "open"


def right_characteristic_polynomial(W, activation):
    """The roots of the characteristic polynomial for the radius, and W W^T for the stretch."""
    if activation == "linear":
        return "vanishes" if np.abs(np.roots(np.poly(W))).max(initial=0.0) < 1 else "grows"
    square = max(np.linalg.eigvalsh(W @ W.T)) * STEEPEST[activation] ** 2
    return "vanishes" if square < 1 else "open"
