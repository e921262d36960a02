# verdict: wrong
# what: Expects the grad_a of "decay" and "direction" to be made from the right g.
# diagnosis: A pass with a wrong g uses that g for grad_a as well: only the rule is right there, not the number.
# told: mistake grad_a_from_the_right_g
"""A wrong gradient, and the rule that it breaks."""

import numpy as np


def which_rule_is_broken(
    a: list[complex],
    h: list[complex],
    h0: complex,
    grad: list[complex],
    grad_a: list[complex],
    grad_b: list[complex],
) -> str:
    """The word for the backward pass that returned grad_a and grad_b.

    Args:
        a: decays, T numbers, real or complex.
        h: the states, T numbers.
        h0: the state before the first step.
        grad: how the loss grows with each state alone, T numbers.
        grad_a: the gradients of the decays that the pass returned, T numbers.
        grad_b: the gradients of the inputs that it returned, T numbers.

    Returns:
        "right", "decay", "direction", "conjugate" or "state".
    """
    n = len(a)
    a, h, grad = (np.array(v, dtype=complex) for v in (a, h, grad))
    before = np.insert(h[:-1], 0, h0)
    g, d, f, p = grad.copy(), grad.copy(), grad.copy(), grad.copy()
    for t in range(n - 2, -1, -1):
        g[t] += a[t + 1].conj() * g[t + 1]
        d[t] += a[t].conj() * d[t + 1]
        p[t] += a[t + 1] * p[t + 1]
    for t in range(1, n):
        f[t] += a[t].conj() * f[t - 1]

    def fits(ga, gb):
        return np.all(abs(ga - grad_a) < 1e-6) and np.all(abs(gb - grad_b) < 1e-6)

    right_a = before.conj() * g
    if fits(right_a, g):
        return "right"
    if fits(right_a, d):
        return "decay"
    if fits(right_a, f):
        return "direction"
    if fits(before * p, p):
        return "conjugate"
    return "state"
