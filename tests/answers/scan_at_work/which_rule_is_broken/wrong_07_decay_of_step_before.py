# verdict: wrong
# what: Takes the wrong step of "decay" to be the one before, a[t - 1], instead of a[t].
# diagnosis: The rule of "decay" stands in the statement, g[t] = grad[t] + conj(a[t]) * g[t+1]: the step itself and not the one before.
# told: mistake decay_never
"""A wrong gradient, and the rule that it breaks."""

def gradients(a, h, h0, grad, word):
    last = len(a) - 1

    def c(v):
        return v if word == "conjugate" else v.conjugate()

    g = {}
    if word == "direction":
        g[0] = grad[0]
        for t in range(1, last + 1):
            g[t] = grad[t] + c(a[t]) * g[t - 1]
    else:
        g[last] = grad[last]
        for t in range(last - 1, -1, -1):
            step = t - 1 if word == "decay" else t + 1
            g[t] = grad[t] + c(a[step]) * g[t + 1]
    result = []
    for t in range(last + 1):
        if word == "state":
            s = h[t]
        else:
            s = h[t - 1] if t > 0 else h0
        result.append(c(s) * g[t])
    return result + [g[t] for t in range(last + 1)]


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
    given = list(grad_a) + list(grad_b)
    for word in ("right", "direction", "conjugate", "state", "decay"):
        computed = gradients(a, h, h0, grad, word)
        if max(abs(p - q) for p, q in zip(computed, given)) < 1e-6:
            return word
    return "right"
