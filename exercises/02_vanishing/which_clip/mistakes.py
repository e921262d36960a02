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


def sign_forgotten(gradients, steps, rate, limit):
    """Your steps go along the gradient. A step goes against it, downhill: minus rate times g."""
    return _explained(gradients, [[-x for x in step] for step in steps], rate, limit)


def largest_number_for_the_length(gradients, steps, rate, limit):
    """You take the largest number for the length. The length of an arrow is the root of the sum of its
    squares."""

    def made(rule, g, rate, limit):
        size = max(map(abs, g))
        if rule in ("none", "value") or not size:
            return _made(rule, g, rate, limit)
        factors = {
            "norm": min(1, limit / size),
            "always": limit / size,
            "late": min(1, limit / rate / size),
        }
        return [-rate * factors[rule] * x for x in g]

    return _explained(gradients, steps, rate, limit, made)


def one_border_only(gradients, steps, rate, limit):
    """Logs that were made by "value" are not explained by yours. It moves each number by itself, and at both
    borders: what is above the limit, and what is below minus the limit."""

    def made(rule, g, rate, limit):
        if rule == "value":
            return [-rate * min(x, limit) for x in g]
        return _made(rule, g, rate, limit)

    return _explained(gradients, steps, rate, limit, made)


def length_of_the_whole_log(gradients, steps, rate, limit):
    """You take the length of all gradients of the log together. Each step has a gradient of its own, and was
    clipped by that one's length."""
    whole = math.hypot(*(x for g in gradients for x in g))

    def made(rule, g, rate, limit):
        if rule == "norm" and whole > limit:
            return [-rate * x * limit / whole for x in g]
        return _made(rule, g, rate, limit)

    return _explained(gradients, steps, rate, limit, made)


def always_is_norm(gradients, steps, rate, limit):
    """For "always" you leave short gradients alone. That rule makes them longer, too, until they are as long
    as the limit."""
    return _explained(
        gradients, steps, rate, limit, lambda rule, *rest: _made("norm" if rule == "always" else rule, *rest)
    )


def directions_only(gradients, steps, rate, limit):
    """You compare directions. Two rules may move in the same direction by different amounts, so compare the
    numbers."""

    def close(rule, g, step):
        mine = _made(rule, g, rate, limit)
        dot = sum(x * y for x, y in zip(mine, step, strict=True))
        return dot >= 0.999999 * math.hypot(*mine) * math.hypot(*step)

    pairs = list(zip(gradients, steps, strict=True))
    return [rule for rule in RULES if all(close(rule, *pair) for pair in pairs)]


def compared_exactly(gradients, steps, rate, limit):
    """You compare with ==. The steps were rounded, so a rule that is right may differ from them in the last
    digits: allow for a millionth."""
    pairs = list(zip(gradients, steps, strict=True))
    return [rule for rule in RULES if all(_made(rule, g, rate, limit) == step for g, step in pairs)]


def last_step_only(gradients, steps, rate, limit):
    """You look at the last step only. A rule has to explain all of them."""
    return _explained(gradients[-1:], steps[-1:], rate, limit)


def first_step_only(gradients, steps, rate, limit):
    """You look at the first step only. A rule has to explain all of them."""
    return _explained(gradients[:1], steps[:1], rate, limit)


def none_left_out(gradients, steps, rate, limit):
    """You never name "none", or only when no other rule fits. It explains a log of short gradients as well as
    the others do."""
    found = _explained(gradients, steps, rate, limit)
    return [rule for rule in found if rule != "none"] or found


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
