# verdict: wrong
# what: Divides by the length in the rule always, even when it is 0.
# diagnosis: A gradient of zeros has no direction and stays as it is; do not divide by its length.
# told: look before you divide
import math

def _norm(v):
    return math.sqrt(sum(x * x for x in v))


def _step(rule, g, rate, limit):
    n = _norm(g)
    if rule == "norm" and n > limit:
        g = [x * limit / n for x in g]
    if rule == "value":
        g = [max(-limit, min(limit, x)) for x in g]
    if rule == "always":
        g = [x * limit / n for x in g]
    s = [-rate * x for x in g]
    if rule == "late" and _norm(s) > limit:
        s = [x * limit / _norm(s) for x in s]
    return s


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
    fits = []
    for rule in ["none", "norm", "value", "always", "late"]:
        if all(
            abs(a - b) < 1e-5
            for g, s in zip(gradients, steps)
            for a, b in zip(_step(rule, g, rate, limit), s)
        ):
            fits.append(rule)
    return fits
