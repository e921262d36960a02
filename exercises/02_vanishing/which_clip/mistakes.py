"""What goes wrong when a log is explained."""

import math

RULES = ("none", "norm", "value", "always", "late")


def _shortened(arrow, limit):
    length = math.hypot(*arrow)
    return [x * limit / length for x in arrow] if length > limit else arrow


def _made(rule, g, rate, limit):
    if rule == "norm":
        g = _shortened(g, limit)
    elif rule == "value":
        g = [min(max(x, -limit), limit) for x in g]
    elif rule == "always" and any(g):
        g = [x * limit / math.hypot(*g) for x in g]
    step = [-rate * x for x in g]
    return _shortened(step, limit) if rule == "late" else step


def _explained(gradients, steps, rate, limit, made=_made, enough=all):
    def close(rule, g, step):
        return all(abs(x - y) < 1e-6 for x, y in zip(made(rule, g, rate, limit), step, strict=True))

    return [
        rule for rule in RULES if enough(close(rule, g, s) for g, s in zip(gradients, steps, strict=True))
    ]


def one_step_is_enough(gradients, steps, rate, limit):
    """You name a rule that explains one of the steps. It has to explain all of them."""
    return _explained(gradients, steps, rate, limit, enough=any)


def first_rule_only(gradients, steps, rate, limit):
    """You stop at the first rule that fits. All that fit are asked for: a log that cannot tell must not
    pretend."""
    return _explained(gradients, steps, rate, limit)[:1]


def late_is_norm(gradients, steps, rate, limit):
    """For "late" you compare the length of the gradient with the limit. It is the step, after the rate, that
    is compared and shortened."""
    return _explained(
        gradients, steps, rate, limit, lambda rule, *rest: _made("norm" if rule == "late" else rule, *rest)
    )


def right_explicit(gradients, steps, rate, limit):
    """Strikes out what does not fit, step by step."""
    left = list(RULES)
    for g, step in zip(gradients, steps, strict=True):
        for rule in list(left):
            wanted = _made(rule, g, rate, limit)
            if max(abs(a - b) for a, b in zip(wanted, step, strict=True)) > 1e-5:
                left.remove(rule)
    return left


def right_factors(gradients, steps, rate, limit):
    """A factor for each rule, and a tuple for a list."""

    def factors(rule, g):
        size = sum(x * x for x in g) ** 0.5 or limit
        if rule == "value":
            return [limit / abs(x) if abs(x) > limit else 1 for x in g]
        one = {"none": 1, "norm": min(1, limit / size), "always": limit / size}
        return [one.get(rule, min(1, limit / rate / size))] * len(g)

    def fits(rule):
        return not any(
            abs(rate * f * x + y) > 1e-5
            for g, step in zip(gradients, steps, strict=True)
            for f, x, y in zip(factors(rule, g), g, step, strict=True)
        )

    return tuple(filter(fits, RULES))
