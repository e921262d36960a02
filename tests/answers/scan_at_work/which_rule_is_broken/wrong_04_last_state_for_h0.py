# verdict: wrong
# what: Takes h[t - 1] also at the first step, which is the last state instead of h0.
# diagnosis: h[-1] is the last state in Python; before the first step the state is h0.
# told: mistake last_state_for_h0
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

    def answer(word):
        def c(v):
            return v if word == "conjugate" else v.conjugate()

        g = list(grad)
        if word == "direction":
            for t in range(1, n):
                g[t] = grad[t] + c(a[t]) * g[t - 1]
        else:
            for t in reversed(range(n - 1)):
                g[t] = grad[t] + c(a[t] if word == "decay" else a[t + 1]) * g[t + 1]
        shift = 0 if word == "state" else 1
        return [c(h[t - shift]) * g[t] for t in range(n)], g

    for word in ["right", "decay", "direction", "conjugate"]:
        ga, gb = answer(word)
        if close(ga, grad_a) and close(gb, grad_b):
            return word
    return "state"
