"""Shorten a gradient that is too long, and keep its direction, with lists."""

import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    """Multiply all numbers by one factor, so that the length of all of them together is at most max_norm.

    gradients: lists of numbers, by name. max_norm: a positive number.
    Returns a new dictionary with the same names; what is short enough stays as it is.
    """
    # BEGIN SOLUTION
    total = 0.0
    for numbers in gradients.values():
        for g in numbers:
            total += g * g
    length = math.sqrt(total)
    factor = max_norm / length if length > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}
    # END SOLUTION
