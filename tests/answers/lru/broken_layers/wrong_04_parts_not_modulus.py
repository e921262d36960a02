# verdict: wrong
# what: Looks at the real and the imaginary part of each eigenvalue by itself instead of at its modulus.
# diagnosis: 0.8+0.8j lies outside of the unit circle although both of its parts are below 1: take abs(lam).
# told: mistake parts_instead_of_size
"""Which rule does this layer break?"""

import math


def respond(Lambda, B, C, steps, rule):
    h = [0j] * len(Lambda)
    out = []
    for t in range(steps):
        x = 1.0 if t == 0 else 0.0
        old = h
        h = []
        for lam, b, last in zip(Lambda, B, old):
            gamma = 1.0 if rule == "gamma" else math.sqrt(1 - abs(lam) ** 2)
            h.append(lam * last + gamma * b * x)
        seen = old if rule == "late" else h
        if rule == "real":
            y = sum(complex(c).real * s.real for c, s in zip(C, seen))
        else:
            y = sum(c * s for c, s in zip(C, seen)).real
        out.append(y)
    return out


def broken_layer_rule(Lambda: list[complex], B: list[complex], C: list[complex], response: list[float]) -> str:
    """Name the rule of the LRU that a layer breaks, from its numbers and its answer to a single 1.

    Args:
        Lambda: the eigenvalues, one for each state.
        B: what the input is multiplied by on its way into each state.
        C: what each state is multiplied by on its way to the output.
        response: the outputs y_0, y_1, y_2, ... when the inputs are 1, 0, 0, ...

    Returns:
        "circle", "gamma", "late", "real", or "none".
    """
    for lam in Lambda:
        lam = complex(lam)
        if abs(lam.real) >= 1 or abs(lam.imag) >= 1:
            return "circle"

    best, best_gap = "none", math.inf
    for rule in ("none", "gamma", "late", "real"):
        made = respond(Lambda, B, C, len(response), rule)
        gap = max(abs(a - b) for a, b in zip(made, response))
        if gap < best_gap:
            best, best_gap = rule, gap
    return best
