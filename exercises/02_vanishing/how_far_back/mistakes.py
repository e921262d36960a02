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
