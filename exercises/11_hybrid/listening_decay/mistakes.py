"""What goes wrong in the decay of the RG-LRU, and other ways to compute it."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _layer(
    x, r_push, i_push, Lambda, first, *, sign=1, c=8.0, room=None, gate=None, begin=True, at_first=None
):
    """The right layer, but for what is given."""
    r, i = _sigmoid(r_push), _sigmoid(i_push)
    log_a = -c * r * np.log1p(np.exp(-sign * Lambda))
    if begin:
        log_a = np.where(first[:, None], -np.inf, log_a)
    a = np.exp(log_a)
    root = np.sqrt(-np.expm1(2 * log_a)) if room is None else room(a)
    if at_first is not None:
        root = np.where(first[:, None], at_first, root)
    return a, root * (i if gate is None else gate(i, r)) * x


def sign_of_Lambda(x, r_push, i_push, Lambda, first):
    """Your decay falls when Lambda grows. Here a is sigmoid(Lambda), so a larger Lambda is a longer memory.
    (Griffin's released code stores it with the other sign.)"""
    return _layer(x, r_push, i_push, Lambda, first, sign=-1)


def eight_forgotten(x, r_push, i_push, Lambda, first):
    """The factor 8 in the power is missing, so nothing is forgotten faster than a itself says."""
    return _layer(x, r_push, i_push, Lambda, first, c=1.0)


def one_minus_a(x, r_push, i_push, Lambda, first):
    """You let in 1 - a, as a GRU does. Here it is the square root of 1 - a squared, which keeps the size of
    noise and not a mean."""
    return _layer(x, r_push, i_push, Lambda, first, room=lambda a: 1 - a)


def subtracted_from_one(x, r_push, i_push, Lambda, first):
    """You compute 1 - a ** 2 from the decay itself. Where a is near 1 its digits are gone by then: stay with
    the logarithm of the decay, for which there is a function that gives this difference exactly."""
    return _layer(x, r_push, i_push, Lambda, first, room=lambda a: np.sqrt(1 - a**2))


def right_by_logaddexp(x, r_push, i_push, Lambda, first):
    """Sigmoids and softplus by logaddexp, the root by (1 - a)(1 + a)."""
    r, i = np.exp(-np.logaddexp(0, -r_push)), np.exp(-np.logaddexp(0, -i_push))
    log_a = -8 * r * np.logaddexp(0, -Lambda)
    a = np.where(first[:, None], 0.0, np.exp(log_a))
    room = np.where(first[:, None], 1.0, -np.expm1(log_a) * (1 + a))
    return a, np.sqrt(room) * i * x


def right_by_the_loop(x, r_push, i_push, Lambda, first):
    """Step by step."""
    rate = 8 * np.log1p(np.exp(-Lambda))
    a, b = np.zeros_like(x), np.zeros_like(x)
    for t in range(len(x)):
        enters = x[t] / (1 + np.exp(-i_push[t]))
        if first[t]:
            b[t] = enters
            continue
        log_a = -rate / (1 + np.exp(-r_push[t]))
        a[t] = np.exp(log_a)
        b[t] = np.sqrt(-np.expm1(2 * log_a)) * enters
    return a, b
