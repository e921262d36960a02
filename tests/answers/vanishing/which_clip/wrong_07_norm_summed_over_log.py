# verdict: wrong
# what: Uses the length of all gradients of the log together.
# diagnosis: Each step has a gradient of its own and is clipped by its own length.
# told: mistake length_of_the_whole_log
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
    whole = math.sqrt(sum(x * x for g in gradients for x in g))
    for rule in ["none", "norm", "value", "always", "late"]:
        ok = True
        for g, s in zip(gradients, steps):
            if rule == "norm" and whole > limit:
                made = [-rate * x * limit / whole for x in g]
            else:
                made = _step(rule, g, rate, limit)
            ok = ok and all(abs(a - b) < 1e-5 for a, b in zip(made, s))
        if ok:
            fits.append(rule)
    return fits
