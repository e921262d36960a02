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
    """You say that a large stretch proves growth. It is only necessary for it: strong inputs can press the
    states to where the slopes are near zero, and then everything vanishes. So nothing is proved."""
    return _judge(W, activation, above="grows")


def slope_for_its_inverse(W, activation):
    """You compare the stretch with the slope's limit. Their product must stay below 1: the gentler the
    slopes, the more W may stretch."""
    return _judge(W, activation, limit=STEEPEST[activation])


def sigmoid_like_tanh(W, activation):
    """You use the limit of tanh for the sigmoid. Its slope is never above a quarter, so W may stretch by more
    before anything can grow."""
    return _judge(W, activation, limit=1.0)


def stretch_for_linear(W, activation):
    """For a linear network you ask how much one step can stretch. All its steps are the same matrix, so the
    long run is decided by the eigenvalues, and it may stretch at first and vanish all the same."""
    return _judge(W, activation, radius=np.linalg.norm(W, 2))


def linear_never_sure(W, activation):
    """You call a linear network with a spectral radius above 1 open. Nothing but W takes part in its product:
    along an eigenvector it grows at every step, whatever the inputs are."""
    answer = _judge(W, activation)
    return "open" if answer == "grows" else answer


def real_parts(W, activation):
    """You look at the real parts of the eigenvalues, or at their signs. What counts is the size, the distance
    from 0: a turn has no real part at all, and a negative eigenvalue grows with changing signs."""
    return _judge(W, activation, radius=np.linalg.eigvals(W).real.max())


def sum_of_squares(W, activation):
    """You take the root of the sum of all squares, which np.linalg.norm(W) gives. It can be far above the
    largest stretch, which is np.linalg.norm(W, 2)."""
    return _judge(W, activation, stretch=np.linalg.norm(W))


def largest_number(W, activation):
    """You look at the largest number in W. Many small numbers together can stretch a lot, and a large one off
    the diagonal need not."""
    size = abs(W).max()
    return _judge(W, activation, stretch=size, radius=size)


def radius_proves_growth(W, activation):
    """With a squeeze you call growth proved. The slopes can be as small as you like, so nothing is sure to
    grow."""
    radius = max(abs(np.linalg.eigvals(W)))
    grows = radius * STEEPEST[activation] > 1
    return _judge(W, activation, above="grows" if grows else "open")


def smallest_stretch(W, activation):
    """You take the smallest stretch. One direction that shrinks proves nothing for the others: take the
    largest."""
    return _judge(W, activation, stretch=np.linalg.norm(W, -2))


def determinant(W, activation):
    """You take the determinant. It is the product of all eigenvalues, so one that grows can hide behind one
    that shrinks."""
    size = abs(np.linalg.det(W))
    return _judge(W, activation, stretch=size, radius=size)


def numbers_without_signs(W, activation):
    """You prove more than the conditions of this lesson do: with the numbers of W without their signs you
    take a spectral radius. It is true that a product vanishes where that is below the limit. But you are
    asked what follows from this lesson alone, and where there are slopes that is the largest stretch."""
    return _judge(W, activation, stretch=max(abs(np.linalg.eigvals(abs(W)))))


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
