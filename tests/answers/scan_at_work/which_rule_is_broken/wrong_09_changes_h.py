# verdict: wrong
# what: Inserts h0 at the front of the given list h.
# diagnosis: The word is right, but h belongs to the caller: build a new list [h0] + h instead of inserting into it.
# told: changed its argument number 2 in place
"""A wrong gradient, and the rule that it breaks."""

def same(p, q):
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
    h.insert(0, h0)  # now h[t] is the state before step t

    def check(word):
        c = (lambda v: v) if word == "conjugate" else (lambda v: complex(v).conjugate())
        g = list(grad)
        if word == "direction":
            for t in range(1, n):
                g[t] = grad[t] + c(a[t]) * g[t - 1]
        else:
            for t in range(n - 2, -1, -1):
                g[t] = grad[t] + c(a[t] if word == "decay" else a[t + 1]) * g[t + 1]
        shift = 1 if word == "state" else 0
        return same(grad_b, g) and same(grad_a, [c(h[t + shift]) * g[t] for t in range(n)])

    for word in ["right", "decay", "direction", "conjugate", "state"]:
        if check(word):
            return word
