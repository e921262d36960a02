# verdict: right
# what: Builds g by accumulate and decides step by step: first which g the grad_b is, then which states the grad_a has.
# diagnosis: None: it is right.
"""A wrong gradient, and the rule that it breaks."""

from itertools import accumulate


def chain(pushes, decays):
    """x[0] = pushes[0], then x[i] = pushes[i] + decays[i] * x[i - 1]; decays[0] is not used."""
    pairs = accumulate(zip(pushes, decays), lambda x, p: (p[0] + p[1] * x[0], p[1]))
    return [x for x, _ in pairs]


def differ(p, q):
    return any(abs(x - y) > 1e-5 for x, y in zip(p, q))


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
    bars = [complex(v).conjugate() for v in a]
    before = [h0, *h][:-1]
    down = grad[::-1]
    if not differ(grad_b, chain(down, [0] + bars[:0:-1])[::-1]):
        if not differ(grad_a, [complex(s).conjugate() * g for s, g in zip(before, grad_b)]):
            return "right"
        # Real decays and complex states: a pass without conjugates has a right grad_b too.
        at_step = [complex(s).conjugate() * g for s, g in zip(h, grad_b)]
        return "conjugate" if differ(grad_a, at_step) else "state"
    if not differ(grad_b, chain(down, [0] + a[:0:-1])[::-1]) and not differ(
        grad_a, [s * g for s, g in zip(before, grad_b)]
    ):
        return "conjugate"
    return "decay" if differ(grad_b, chain(grad, bars)) else "direction"
