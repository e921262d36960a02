"""What goes wrong between a norm and a half-life."""

import math


def _right(norm, steps, smallest):
    if norm >= 1:
        return math.inf, math.inf
    half_life = steps / -math.log2(norm)
    return half_life, math.floor(-math.log2(smallest) * half_life)


def straight_line(norm, steps, smallest):
    """You let the gradient lose the same amount at each step. It is multiplied by the same factor, so it
    loses the same share: of what is left, and not of what was there at the start."""
    if norm >= 1:
        return math.inf, math.inf
    each = (1 - norm) / steps
    return 0.5 / each, math.floor((1 - smallest) / each)


def rounded_up(norm, steps, smallest):
    """Your reach is one step too far: there less than the smallest useful share is left. Round down."""
    half_life, reach = _right(norm, steps, smallest)
    return half_life, reach + 1


def measured_after_one_step(norm, steps, smallest):
    """You take the norm for the factor of one step. It is what is left after all the steps together."""
    return _right(norm, 1, smallest)


def reach_in_half_lives(norm, steps, smallest):
    """Your reach counts half-lives. It is asked for in steps, so multiply by the length of a half-life before
    you round."""
    half_life, _ = _right(norm, steps, smallest)
    return half_life, math.inf if norm >= 1 else math.floor(-math.log2(smallest))


def half_lives_rounded_first(norm, steps, smallest):
    """You round to whole half-lives and then make steps of them. Round once, at the end."""
    half_life, _ = _right(norm, steps, smallest)
    return half_life, math.inf if norm >= 1 else math.floor(math.floor(-math.log2(smallest)) * half_life)


def time_until_one_over_e(norm, steps, smallest):
    """You give the time after which 1/e is left, which is 37 %. After a half-life one half is left: the
    natural logarithm of 2 takes part in it."""
    half_life, reach = _right(norm, steps, smallest)
    return half_life / math.log(2), reach


def mean_lifetime(norm, steps, smallest):
    """One divided by what a step takes away is a mean lifetime. A half-life ends when one half is left, and
    that takes a logarithm."""
    if norm >= 1:
        return math.inf, math.inf
    return 1 / (1 - norm ** (1 / steps)), _right(norm, steps, smallest)[1]


def rule_of_thumb(norm, steps, smallest):
    """0.69 divided by what a step takes away is a rule of thumb, near a factor of 1. Here factors may be far
    from it: take the logarithm of the factor."""
    if norm >= 1:
        return math.inf, math.inf
    half_life = math.log(2) / (1 - norm ** (1 / steps))
    return half_life, math.floor(-math.log2(smallest) * half_life)


def negative_half_life(norm, steps, smallest):
    """For a gradient that grows your half-life is negative. It never comes down to one half, so both numbers
    are infinite."""
    if norm == 1:
        return math.inf, math.inf
    half_life = steps / -math.log2(norm)
    return half_life, math.floor(-math.log2(smallest) * half_life)


def smallest_is_the_half(norm, steps, smallest):
    """Your half-life is the time until the smallest useful share is left. Until one half is left it is
    shorter or longer: the two answers are about different shares."""
    half_life, reach = _right(norm, steps, smallest)
    return half_life * -math.log2(smallest) if norm < 1 else math.inf, reach


def turned_round(norm, steps, smallest):
    """The two numbers are right, but the half-life comes first and the reach second."""
    return _right(norm, steps, smallest)[::-1]


def right_logarithms(norm, steps, smallest):
    """Natural logarithms, and the factor of one step."""
    if not norm < 1:
        return [math.inf, math.inf]
    rate = -math.log(norm) / steps
    return [math.log(2) / rate, int(-math.log(smallest) / rate)]


def right_change_of_base(norm, steps, smallest):
    """Logarithms to the base of the norm."""
    if norm >= 1:
        return math.inf, math.inf
    return steps * math.log(0.5, norm), int(steps * math.log(smallest, norm))
