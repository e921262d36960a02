# verdict: wrong
# what: Compares only the first output y_0 with what each case would give.
# diagnosis: The first output does not tell all the cases apart: with a real B, taking the real parts too early shows only from step 1 on.
# told: mistake only_the_first_output
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
    for rule in ("none", "gamma", "late", "real"):
        made = respond(Lambda, B, C, 1, rule)
        if abs(made[0] - response[0]) < 1e-6:
            return rule
    return "none"
