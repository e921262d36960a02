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


def as_it_stands(x, r_push, i_push, Lambda, first):
    """You compute the lines as they stand. Near 1 a decay has no digits left from which its difference to 1
    could be taken, and the sigmoid of a large Lambda is 1 already: keep the logarithm of the decay
    instead."""
    r, i = _sigmoid(r_push), _sigmoid(i_push)
    a = np.where(first[:, None], 0.0, _sigmoid(Lambda) ** (8 * r))
    return a, np.sqrt(1 - a**2) * i * x


def logarithm_of_a_rounded_sigmoid(x, r_push, i_push, Lambda, first):
    """You take the logarithm of a sigmoid that has been rounded. For a large Lambda it is 1 by then, and the
    logarithm is 0: get the logarithm from exp(-Lambda), without that detour."""
    r, i = _sigmoid(r_push), _sigmoid(i_push)
    log_a = np.where(first[:, None], -np.inf, 8 * r * np.log(_sigmoid(Lambda)))
    return np.exp(log_a), np.sqrt(-np.expm1(2 * log_a)) * i * x


def floor_under_the_root(x, r_push, i_push, Lambda, first):
    """You keep the number under the root above a floor. Then b is not 0, but it is wrong: the true number can
    be far below any floor, and it can be computed exactly."""
    a, b = _layer(x, r_push, i_push, Lambda, first)
    r, i = _sigmoid(r_push), _sigmoid(i_push)
    under = np.maximum(-np.expm1(-16 * r * np.log1p(np.exp(-Lambda))), 1e-12)
    return a, np.where(first[:, None], b, np.sqrt(under) * i * x)


def root_made_before_the_reset(x, r_push, i_push, Lambda, first):
    """Where a document begins you set a to 0, but b still has the root of the old a. With a_t = 0 the root is
    1."""
    a, _ = _layer(x, r_push, i_push, Lambda, first)
    _, b = _layer(x, r_push, i_push, Lambda, first, begin=False)
    return a, b


def whole_input_at_the_beginning(x, r_push, i_push, Lambda, first):
    """Where a document begins you let x in past its gate. There the root becomes 1, and the gate i_t
    stays."""
    a, b = _layer(x, r_push, i_push, Lambda, first)
    return a, np.where(first[:, None], x, b)


def not_squared(x, r_push, i_push, Lambda, first):
    """Under your root stands 1 - a_t. It is one minus the *square* of a_t, and the logarithm of a square is
    twice the logarithm."""
    return _layer(x, r_push, i_push, Lambda, first, room=lambda a: np.sqrt(1 - a))


def first_row_begins(x, r_push, i_push, Lambda, first):
    """You treat step 0 as the beginning of a document. The steps may be a later piece of a text: only `first`
    says where a document begins."""
    begins = first.copy()
    begins[0] = True
    return _layer(x, r_push, i_push, Lambda, begins)


def gates_swapped(x, r_push, i_push, Lambda, first):
    """You have the two gates the wrong way round: r_t moves the decay, and i_t stands on the input."""
    return _layer(x, i_push, r_push, Lambda, first)


def input_gate_forgotten(x, r_push, i_push, Lambda, first):
    """The gate i_t is missing on the input."""
    return _layer(x, r_push, i_push, Lambda, first, gate=lambda i, r: 1.0)


def root_forgotten(x, r_push, i_push, Lambda, first):
    """You let the input in whole. With the root on it, what is kept and what is let in make up for each
    other."""
    return _layer(x, r_push, i_push, Lambda, first, room=lambda a: 1.0)


def documents_ignored(x, r_push, i_push, Lambda, first):
    """You do not look at `first`. At the first step of a document a_t is 0, or it would remember another
    text."""
    return _layer(x, r_push, i_push, Lambda, first, begin=False)


def pushes_as_gates(x, r_push, i_push, Lambda, first):
    """You take the pushes for the gates. Both still have to go through the sigmoid."""
    log_a = np.where(first[:, None], -np.inf, -8 * r_push * np.log1p(np.exp(-Lambda)))
    with np.errstate(invalid="ignore", over="ignore"):
        return np.exp(log_a), np.sqrt(-np.expm1(2 * log_a)) * i_push * x


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
