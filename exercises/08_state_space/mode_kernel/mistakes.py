"""What goes wrong with half of the modes, and other ways to get it right."""

import numpy as np


def _rows(A, C, delta, length):
    z = delta * A
    return (C * np.expm1(z) / A)[:, None] * np.exp(z[:, None] * np.arange(length))


def _kernel(A, C, delta, length, weight):
    return weight @ _rows(A, C, delta, length).real


def twice_everything(A, C, delta, length):
    """You double every mode. A real mode has no mirror image, so it counts once."""
    return _kernel(A, C, delta, length, np.full(len(A), 2.0))


def once_everything(A, C, delta, length):
    """You count every mode once. A complex mode stands for two: its mirror image adds the same real part once
    more."""
    return _kernel(A, C, delta, length, np.ones(len(A)))


def input_factor_forgotten(A, C, delta, length):
    """You leave out b. A single 1 that is held for a step of length delta does not leave a 1 in the state."""
    rows = C[:, None] * np.exp(delta * A[:, None] * np.arange(length))
    return np.where(A.imag == 0, 1.0, 2.0) @ rows.real


def right_with_mirror_images(A, C, delta, length):
    """The mirror images are made, and all are added up."""
    others = A[A.imag != 0].conj(), C[A.imag != 0].conj()
    rows = _rows(np.concatenate([A, others[0]]), np.concatenate([C, others[1]]), delta, length)
    return rows.sum(0).real


def right_by_the_loop(A, C, delta, length):
    """Step by step."""
    h, K = (np.exp(delta * A) - 1) / A, np.empty(length)
    for step in range(length):
        K[step] = (np.where(A.imag == 0, 1, 2) * (C * h).real).sum()
        h = np.exp(delta * A) * h
    return K
