# verdict: wrong
# what: Compares the responses with == and so asks for every last digit.
# diagnosis: The response is right to nine digits only, and floats computed in another order differ in the last ones: compare with a tolerance.
# told: mistake compared_exactly
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
    if any(abs(lam) >= 1 for lam in Lambda):
        return "circle"
    for rule in ("gamma", "late", "real"):
        if respond(Lambda, B, C, len(response), rule) == list(response):
            return rule
    return "none"
