# verdict: right
# what: Begins with all rules and strikes out what fails.
# diagnosis: none
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
    left = ["none", "norm", "value", "always", "late"]
    for g, s in zip(gradients, steps):
        n = math.hypot(*g)
        scale = {
            "none": 1.0,
            "norm": 1.0 if n <= limit else limit / n,
            "always": limit / n if n else 1.0,
            "late": 1.0 if rate * n <= limit else limit / (rate * n),
        }
        for rule in list(left):
            if rule == "value":
                wanted = [-rate * sorted((-limit, x, limit))[1] for x in g]
            else:
                wanted = [-rate * scale[rule] * x for x in g]
            if max(abs(a - b) for a, b in zip(wanted, s)) > 3e-5:
                left.remove(rule)
    return left
