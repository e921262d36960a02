# verdict: right
# what: Does without complex numbers: turns every state with a cosine and a sine, and sums up squared gaps per suspect, step by step.
# diagnosis: None: it is right.
"""Which rule does this layer break?"""

import cmath
import math


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
    polar = [cmath.polar(l) for l in Lambda]
    if not all(r < 1 for r, _ in polar):
        return "circle"
    blame = dict.fromkeys(["none", "gamma", "late", "real"], 0.0)
    before = 0.0
    for t, y in enumerate(response):
        sound = bare = early = 0.0
        for (r, angle), b, c in zip(polar, map(complex, B), map(complex, C)):
            size, turn = r**t, angle * t
            re = size * (math.cos(turn) * b.real - math.sin(turn) * b.imag)
            im = size * (math.sin(turn) * b.real + math.cos(turn) * b.imag)
            gamma = math.sqrt(1 - r * r)
            sound += gamma * (c.real * re - c.imag * im)
            bare += c.real * re - c.imag * im
            early += gamma * c.real * re
        for name, guess in (("none", sound), ("gamma", bare), ("late", before), ("real", early)):
            blame[name] += (guess - y) ** 2
        before = sound
    return min(blame, key=blame.get)
