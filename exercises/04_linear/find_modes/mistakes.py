"""What goes wrong on the way from a recording to its modes, and other ways to get it right."""

import numpy as np


def _weights(y):
    d = y[1] ** 2 - y[0] * y[2]
    return (y[1] * y[2] - y[0] * y[3]) / d, (y[1] * y[3] - y[2] ** 2) / d


def _modes(y):
    p, q = np.linalg.solve([[y[1], y[0]], [y[2], y[1]]], y[2:])
    return tuple(sorted(np.roots([1.0, -p, -q]).real.tolist()))


def weights_returned(y):
    """You return p and q, the weights of the recurrence. The modes are the numbers z with z * z = p * z +
    q."""
    return tuple(sorted(_weights(y)))


def sign_of_q(y):
    """Your modes solve z * z = p * z - q. In the recurrence q is added, so under the root, too."""
    p, q = _weights(y)
    root = abs(p * p / 4 - q) ** 0.5
    return p / 2 - root, p / 2 + root


def larger_first(y):
    """Your two modes are right, but the larger one comes first. The smaller one should."""
    return _modes(y)[::-1]


def right_by_numpy(y):
    """Lets numpy solve both."""
    return _modes(y)


def right_by_elimination(y):
    """Eliminates the unknown whose factor is larger."""
    if abs(y[1]) > 1e-9:
        p = (y[1] * y[2] - y[0] * y[3]) / (y[1] * y[1] - y[0] * y[2])
        q = (y[3] - p * y[2]) / y[1]
    else:
        q = y[2] / y[0]
        p = (y[3] - q * y[1]) / y[2]
    root = (p * p + 4 * q) ** 0.5
    return [(p - root) / 2, (p + root) / 2]
