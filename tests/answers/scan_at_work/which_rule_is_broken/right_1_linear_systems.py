# verdict: right
# what: Writes each rule as a triangular system of equations and lets numpy solve it.
# diagnosis: None: it is right.
"""A wrong gradient, and the rule that it breaks."""

import numpy as np


def solve(couplings, right_side):
    """x[t] - couplings[t] * x[t + 1] = right_side[t], and the last x is the last right side."""
    matrix = np.eye(len(right_side), dtype=complex) - np.diag(couplings, 1)
    return np.linalg.solve(matrix, right_side)


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
    a, h, grad = (np.array(v, dtype=complex) for v in (a, h, grad))
    given = np.stack([np.array(grad_a, dtype=complex), np.array(grad_b, dtype=complex)])
    before = np.concatenate([[complex(h0)], h[:-1]])
    g = solve(a[1:].conj(), grad)
    d = solve(a[:-1].conj(), grad)
    f = solve(a[:0:-1].conj(), grad[::-1])[::-1]
    p = solve(a[1:], grad)
    table = np.stack(
        [
            [before.conj() * g, g],
            [before.conj() * d, d],
            [before.conj() * f, f],
            [before * p, p],
            [h.conj() * g, g],
        ]
    )
    off = abs(table - given).max(axis=(1, 2))
    return ["right", "decay", "direction", "conjugate", "state"][int(np.argmax(off < 1e-6))]
