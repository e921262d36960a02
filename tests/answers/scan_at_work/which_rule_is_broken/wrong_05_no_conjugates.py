# verdict: wrong
# what: Leaves out all conjugates, also in the passes that have them, so it works for real numbers only.
# diagnosis: The numbers may be complex, and then decays and states have to be conjugated in every pass but one.
# told: mistake no_conjugates
"""A wrong gradient, and the rule that it breaks."""

def close(p, q):
    return all(abs(x - y) < 1e-6 for x, y in zip(p, q))


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
    g, d, f = list(grad), list(grad), list(grad)
    for t in range(n - 2, -1, -1):
        g[t] = grad[t] + a[t + 1] * g[t + 1]
        d[t] = grad[t] + a[t] * d[t + 1]
    for t in range(1, n):
        f[t] = grad[t] + a[t] * f[t - 1]
    if close(grad_b, g):
        if close(grad_a, [h[t] * g[t] for t in range(n)]):
            return "state"
        return "right"
    if close(grad_b, d):
        return "decay"
    if close(grad_b, f):
        return "direction"
    return "conjugate"
