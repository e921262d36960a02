"""A wrong gradient, and the rule that it breaks."""


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
        grad_a: the gradients of the decays, as the pass returned them.
        grad_b: the gradients of the inputs, as it returned them.

    Returns:
        "right", "decay", "direction", "conjugate" or "state".
    """
    # BEGIN SOLUTION
    steps = len(a)
    for word in ("right", "decay", "direction", "conjugate", "state"):
        decays, states = (a, h) if word == "conjugate" else ([x.conjugate() for x in y] for y in (a, h))
        start = h0 if word == "conjugate" else h0.conjugate()
        g = list(grad)
        if word == "direction":
            for t in range(1, steps):
                g[t] = grad[t] + decays[t] * g[t - 1]
        else:
            for t in range(steps - 2, -1, -1):
                g[t] = grad[t] + decays[t if word == "decay" else t + 1] * g[t + 1]
        factors = states if word == "state" else [start, *states[:-1]]
        made = [x * y for x, y in zip(factors, g, strict=True)] + g
        if max(abs(x - y) for x, y in zip(made, [*grad_a, *grad_b], strict=True)) < 1e-6:
            return word
    return "right"
    # END SOLUTION
