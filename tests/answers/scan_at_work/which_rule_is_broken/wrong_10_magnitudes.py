# verdict: wrong
# what: Compares only the magnitudes of the numbers.
# diagnosis: A complex number and its conjugate have the same magnitude, so take the magnitude of the difference and not the difference of magnitudes.
# told: mistake sizes_compared
"""A wrong gradient, and the rule that it breaks."""

def passes(a, h, h0, grad):
    n = len(a)
    ac = [complex(v).conjugate() for v in a]
    before = [h0] + list(h[:-1])

    def down(factors):
        g = list(grad)
        for t in range(n - 2, -1, -1):
            g[t] = grad[t] + factors[t] * g[t + 1]
        return g

    def with_a(g, states):
        return [complex(s).conjugate() * x for s, x in zip(states, g)], g

    forward = list(grad)
    for t in range(1, n):
        forward[t] = grad[t] + ac[t] * forward[t - 1]
    g = down(ac[1:])
    plain = down(a[1:])
    yield "right", with_a(g, before)
    yield "decay", with_a(down(ac), before)
    yield "direction", with_a(forward, before)
    yield "state", with_a(g, h)
    yield "conjugate", ([s * x for s, x in zip(before, plain)], plain)


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
    for word, (ga, gb) in passes(a, h, h0, grad):
        pairs = list(zip(ga, grad_a)) + list(zip(gb, grad_b))
        if all(abs(abs(p) - abs(q)) < 1e-6 for p, q in pairs):
            return word
    return "conjugate"
