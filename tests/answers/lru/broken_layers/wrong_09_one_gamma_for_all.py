# verdict: wrong
# what: Predicts the layer without gamma by dividing the whole sound response by the gamma of the first state.
# diagnosis: Every state has its own gamma, so leaving it out does not scale the response by one number as soon as there are two states.
# told: mistake one_gamma_for_all
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
    steps = len(response)
    sound = respond(Lambda, B, C, steps, "none")
    first = math.sqrt(1 - abs(Lambda[0]) ** 2)
    cases = {
        "gamma": [y / first for y in sound],
        "late": [0.0] + sound[:-1],
        "real": respond(Lambda, B, C, steps, "real"),
    }
    for name, made in cases.items():
        if all(abs(a - b) < 1e-6 for a, b in zip(made, response)):
            return name
    return "none"
