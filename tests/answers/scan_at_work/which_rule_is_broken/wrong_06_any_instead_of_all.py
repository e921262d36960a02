# verdict: wrong
# what: Takes a pass as found as soon as some number of each gradient agrees.
# diagnosis: The last step is the same in several passes, so one number that agrees proves nothing; all of them have to.
# told: mistake any_entry_is_enough
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
    a, h, grad = np.array(a), np.array(h), np.array(grad)
    before = np.append([h0], h[:-1])

    def run(a, states, wrong_step=False, forwards=False):
        g = grad.astype(complex)
        if forwards:
            for t in range(1, n):
                g[t] += a[t] * g[t - 1]
        else:
            for t in range(n - 2, -1, -1):
                g[t] += a[t if wrong_step else t + 1] * g[t + 1]
        return states * g, g

    ac, hc, bc = a.conj(), h.conj(), before.conj()
    passes = [
        ("right", run(ac, bc)),
        ("decay", run(ac, bc, wrong_step=True)),
        ("direction", run(ac, bc, forwards=True)),
        ("conjugate", run(a, before)),
        ("state", run(ac, hc)),
    ]
    for word, (ga, gb) in passes:
        if np.any(abs(ga - grad_a) < 1e-6) and np.any(abs(gb - grad_b) < 1e-6):
            return word
    return "right"
