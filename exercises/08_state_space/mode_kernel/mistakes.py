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


def euler_input(A, C, delta, length):
    """Your b is delta, as in Euler's rule. The steps here are the exact ones, in which the state moves
    already while the input comes in."""
    rows = C[:, None] * delta * np.exp(delta * A[:, None] * np.arange(length))
    return np.where(A.imag == 0, 1.0, 2.0) @ rows.real


def sampled_looks_real(A, C, delta, length):
    """You ask whether the sampled decay is real. A pair that turns by half a turn or a whole one in each step
    has a real decay, too, and is still a pair: ask A."""
    paired = np.abs(np.exp(delta * A).imag) > 1e-9
    return _kernel(A, C, delta, length, np.where(paired, 2.0, 1.0))


def upper_half_alone(A, C, delta, length):
    """You double only modes above the real axis. Either one of a pair may have been kept, also the one
    below."""
    return _kernel(A, C, delta, length, np.where(A.imag > 0, 2.0, 1.0))


def lower_half_left_out(A, C, delta, length):
    """You leave out modes below the real axis. Either one of a pair may have been kept, also the one
    below."""
    return _kernel(A, C, delta, length, np.where(A.imag > 0, 2.0, np.where(A.imag < 0, 0.0, 1.0)))


def asked_of_C(A, C, delta, length):
    """You ask whether C is real. A pair may be read with a real number: whether there is a mirror image is
    said by A."""
    return _kernel(A, C, delta, length, np.where(C.imag == 0, 1.0, 2.0))


def C_not_mirrored(A, C, delta, length):
    """Of a pair you multiply the real part of C and that of the rest, or you give both the same C, which
    comes to the same. The mirror image has the mirror image of C, so the product of the two imaginary parts
    counts, too."""
    z = delta * A
    rows = (np.expm1(z) / A)[:, None] * np.exp(z[:, None] * np.arange(length))
    return (np.where(A.imag == 0, 1.0, 2.0) * C.real) @ rows.real


def one_step_late(A, C, delta, length):
    """Your kernel begins with the answer of step 1. At step 0 the 1 has just come in, and no decay has been
    applied to it."""
    return _kernel(A, C, delta, length + 1, np.where(A.imag == 0, 1.0, 2.0))[1:]


def sizes_taken(A, C, delta, length):
    """You take sizes where real parts are meant. A swinging output is negative half of the time."""
    return np.abs(np.where(A.imag == 0, 1.0, 2.0) @ _rows(A, C, delta, length))


def real_modes_left_out(A, C, delta, length):
    """You leave out the real modes. They have no mirror image, but they count: once."""
    return _kernel(A, C, delta, length, np.where(A.imag == 0, 0.0, 2.0))


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
