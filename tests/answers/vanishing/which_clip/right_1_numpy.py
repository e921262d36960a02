# verdict: right
# what: Each rule as a function of arrays.
# diagnosis: none
import math
import numpy as np


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
    rules = {
        "none": lambda g: -rate * g,
        "norm": lambda g: -rate * g * min(1.0, limit / max(np.linalg.norm(g), 1e-300)),
        "value": lambda g: -rate * np.clip(g, -limit, limit),
        "always": lambda g: -rate * limit * g / (np.linalg.norm(g) or 1.0),
        "late": lambda g: -rate * g * min(1.0, limit / max(rate * np.linalg.norm(g), 1e-300)),
    }
    return [
        name
        for name, rule in rules.items()
        if all(np.allclose(rule(np.array(g)), s, rtol=0, atol=1e-4) for g, s in zip(gradients, steps))
    ]
