# verdict: wrong
# what: If grad_b is right and grad_a is not, says "state" without looking at conjugates.
# diagnosis: If the decays are real, a pass that conjugates nothing has a right grad_b as well; look at grad_a before you say "state".
# told: mistake grad_b_right_means_state
"""A wrong gradient, and the rule that it breaks."""

def close(p, q):
    return all(abs(x - y) < 1e-6 for x, y in zip(p, q))


def conj(v):
    return complex(v).conjugate()


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
    right, decay, forward, plain = list(grad), list(grad), list(grad), list(grad)
    for t in range(n - 2, -1, -1):
        right[t] = grad[t] + conj(a[t + 1]) * right[t + 1]
        decay[t] = grad[t] + conj(a[t]) * decay[t + 1]
        plain[t] = grad[t] + a[t + 1] * plain[t + 1]
    for t in range(1, n):
        forward[t] = grad[t] + conj(a[t]) * forward[t - 1]
    if close(grad_b, right):
        before = [h0] + list(h[:-1])
        if close(grad_a, [conj(s) * g for s, g in zip(before, right)]):
            return "right"
        return "state"
    if close(grad_b, decay):
        return "decay"
    if close(grad_b, forward):
        return "direction"
    return "conjugate"
