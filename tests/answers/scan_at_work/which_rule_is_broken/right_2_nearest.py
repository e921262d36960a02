# verdict: right
# what: Writes g as a sum over all paths by recursion, and takes the word whose gradients are nearest, the first of equals.
# diagnosis: None: it is right.
"""A wrong gradient, and the rule that it breaks."""

import math


def flip(v):
    return v.conjugate()


def keep(v):
    return v


def push(t, grad, decay, step):
    """The effect at t: its own grad, and what comes from the neighbour in direction step."""
    if not 0 <= t + step < len(grad):
        return [grad[t]]
    later = push(t + step, grad, decay, step)
    return [grad[t] + decay(t) * later[0]] + later


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
    last = len(a) - 1
    state_before = lambda t: h[t - 1] if t else h0
    at_step = lambda t: h[t]
    rules = {
        "right": (lambda t: flip(a[t + 1]), 1, flip, state_before),
        "decay": (lambda t: flip(a[t]), 1, flip, state_before),
        "direction": (lambda t: flip(a[t]), -1, flip, state_before),
        "conjugate": (lambda t: a[t + 1], 1, keep, state_before),
        "state": (lambda t: flip(a[t + 1]), 1, flip, at_step),
    }

    def distance(word):
        decay, step, conj, state = rules[word]
        g = push(0 if step == 1 else last, grad, decay, step)[::step]
        return math.fsum(
            abs(g[t] - grad_b[t]) + abs(conj(state(t)) * g[t] - grad_a[t]) for t in range(last + 1)
        )

    return min(rules, key=distance)
