# verdict: wrong
# what: Compares the gradients with == instead of within a small distance.
# diagnosis: The gradients are rounded to about 12 digits, so compare whether they differ by less than, say, 1e-6.
# told: mistake compared_exactly_the_last_is_left
"""A wrong gradient, and the rule that it breaks."""

def backward(a, h, h0, grad, rule):
    conj = (lambda v: v) if rule == "conjugate" else (lambda v: v.conjugate())
    n = len(a)
    g = list(grad)
    if rule == "direction":
        for t in range(1, n):
            g[t] = grad[t] + conj(a[t]) * g[t - 1]
    else:
        for t in range(n - 2, -1, -1):
            g[t] = grad[t] + conj(a[t] if rule == "decay" else a[t + 1]) * g[t + 1]
    states = h if rule == "state" else [h0] + h[:-1]
    return [conj(s) * x for s, x in zip(states, g)], g


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
    for rule in ["right", "decay", "direction", "conjugate"]:
        if backward(a, h, h0, grad, rule) == (list(grad_a), list(grad_b)):
            return rule
    return "state"
