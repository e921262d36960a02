# verdict: right
# what: Lets the cases fight in pairs: at the step where two of them differ most, the one further from the response is out.
# diagnosis: None: it is right.
"""Which rule does this layer break?"""

import functools
import math


def wave(state, lams, read, left):
    """The outputs of a layer left alone, by recursion over the steps."""
    if left == 0:
        return []
    return [read(state)] + wave([l * s for l, s in zip(lams, state)], lams, read, left - 1)


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
    if max(map(abs, Lambda)) >= 1:
        return "circle"
    n = len(response)
    bare = [complex(b) for b in B]
    scaled = [b * math.sqrt((1 - abs(l)) * (1 + abs(l))) for b, l in zip(bare, Lambda)]
    cs = [complex(c) for c in C]

    def full(state):
        return math.fsum(c.real * s.real - c.imag * s.imag for c, s in zip(cs, state))

    def clipped(state):
        return math.fsum(c.real * s.real for c, s in zip(cs, state))

    waves = {
        "none": wave(scaled, Lambda, full, n),
        "gamma": wave(bare, Lambda, full, n),
        "late": [0.0] + wave(scaled, Lambda, full, n - 1),
        "real": wave(scaled, Lambda, clipped, n),
    }

    def duel(one, two):
        t = max(range(n), key=lambda i: abs(waves[one][i] - waves[two][i]))
        return one if abs(waves[one][t] - response[t]) <= abs(waves[two][t] - response[t]) else two

    return functools.reduce(duel, waves)
