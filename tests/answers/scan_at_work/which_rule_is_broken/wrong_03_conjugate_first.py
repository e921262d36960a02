# verdict: wrong
# what: Tests for "conjugate" before "right", so real numbers give "conjugate".
# diagnosis: With real numbers both passes return the same, and then the answer is "right", so that has to be tested first.
# told: mistake conjugate_for_real_numbers
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
    a, h, grad = np.array(a), np.array(h), np.array(grad)
    before = np.concatenate([[h0], h[:-1]])

    def back(factors):
        g = [grad[-1]]
        for t in range(len(grad) - 2, -1, -1):
            g.append(grad[t] + factors[t] * g[-1])
        return np.array(g[::-1])

    forward = [grad[0]]
    for t in range(1, len(grad)):
        forward.append(grad[t] + np.conj(a[t]) * forward[-1])
    forward = np.array(forward)
    g = back(np.conj(a[1:]))
    plain = back(a[1:])
    decay = back(np.conj(a))
    passes = {
        "conjugate": (before * plain, plain),
        "right": (before.conj() * g, g),
        "decay": (before.conj() * decay, decay),
        "direction": (before.conj() * forward, forward),
        "state": (h.conj() * g, g),
    }
    for word, (ga, gb) in passes.items():
        if np.abs(ga - grad_a).max() < 1e-6 and np.abs(gb - grad_b).max() < 1e-6:
            return word
