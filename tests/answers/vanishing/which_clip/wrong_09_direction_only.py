# verdict: wrong
# what: Compares only the directions of steps.
# diagnosis: Two rules may move in the same direction by different amounts: compare the numbers.
# told: mistake directions_only
import math

def _norm(v):
    return math.sqrt(sum(x * x for x in v))


def _step(rule, g, rate, limit):
    n = _norm(g)
    if rule == "norm" and n > limit:
        g = [x * limit / n for x in g]
    if rule == "value":
        g = [max(-limit, min(limit, x)) for x in g]
    if rule == "always" and n > 0:
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
        ok = True
        for g, s in zip(gradients, steps):
            made = _step(rule, g, rate, limit)
            dot = sum(a * b for a, b in zip(made, s))
            ok = ok and dot >= 0.999999 * _norm(made) * _norm(s)
        if ok:
            fits.append(rule)
    return fits
