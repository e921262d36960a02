# verdict: wrong
# what: Calls it "circle" only if all eigenvalues are outside of the unit circle.
# diagnosis: One eigenvalue outside is enough to break the rule: you need any, not all.
# told: mistake only_if_all_are_outside
"""Which rule does this layer break?"""

import cmath
import math


def root(z):
    return cmath.sqrt(z).real


def respond(Lambda, B, C, steps, rule):
    h = [0j] * len(Lambda)
    out = []
    for t in range(steps):
        x = 1.0 if t == 0 else 0.0
        old = h
        h = []
        for lam, b, last in zip(Lambda, B, old):
            gamma = 1.0 if rule == "gamma" else root(1 - abs(lam) ** 2)
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
    if all(abs(lam) >= 1 for lam in Lambda):
        return "circle"

    best, best_gap = "none", math.inf
    for rule in ("none", "gamma", "late", "real"):
        made = respond(Lambda, B, C, len(response), rule)
        gap = max(abs(a - b) for a, b in zip(made, response))
        if gap < best_gap:
            best, best_gap = rule, gap
    return best
