"""Tell from gradients and steps how they were clipped."""

import math


def which_clip(
    gradients: list[list[float]], steps: list[list[float]], rate: float, limit: float
) -> list[str]:
    """All rules that explain every step of the log, in the order "none", "norm", "value", "always", "late".

    Args:
        gradients: of each step, a list of numbers.
        steps: of each step, by how much each number of the network was moved.
        rate: the learning rate, above 0.
        limit: the limit of the clip, above 0.
    """
    # BEGIN SOLUTION

    def shortened(arrow, at_most):
        length = math.hypot(*arrow)
        return [x * at_most / length for x in arrow] if length > at_most else arrow

    def made(rule, g):
        if rule == "norm":
            g = shortened(g, limit)
        elif rule == "value":
            g = [min(max(x, -limit), limit) for x in g]
        elif rule == "always" and any(g):
            g = [x * limit / math.hypot(*g) for x in g]
        step = [-rate * x for x in g]
        return shortened(step, limit) if rule == "late" else step

    def explains(rule):
        return all(
            abs(x - y) <= 1e-6
            for g, step in zip(gradients, steps, strict=True)
            for x, y in zip(made(rule, g), step, strict=True)
        )

    return [rule for rule in ("none", "norm", "value", "always", "late") if explains(rule)]
    # END SOLUTION
