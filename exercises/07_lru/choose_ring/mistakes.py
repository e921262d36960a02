"""What goes wrong with the choice of a ring, and other ways to get it right."""

import math


def _radius(half_life):
    return 0.5 ** (1 / half_life)


def _inner(share, middle, outer, power=2):
    inner = outer**power - (outer**power - middle**power) / share
    return None if inner < 0 else (inner ** (1 / power), outer)


def middle_of_the_width(share, half_life, longest):
    """You divide the width of the ring. The states are spread evenly over its area, and an outer strip
    has more area than an inner one of the same width."""
    return _inner(share, _radius(half_life), _radius(longest), power=1)


def half_life_on_the_inner_edge(share, half_life, longest):
    """You give the inner edge the half-life `half_life`. Then all states are above it, not the share that
    was asked for."""
    return _radius(half_life), _radius(longest)


def share_below(share, half_life, longest):
    """With your ring the share *below* the half-life is the one that was asked for. The long memories are
    outside."""
    return _inner(1 - share, _radius(half_life), _radius(longest))


def area_up_to_the_circle(share, half_life, longest):
    """You count the area as far as the unit circle. The ring ends at the radius that belongs to `longest`,
    and no state lies outside of it."""
    inner = 1 - (1 - _radius(half_life) ** 2) / share
    return None if inner < 0 else (math.sqrt(inner), _radius(longest))


def whole_steps(share, half_life, longest):
    """You round the half-life to whole steps. Between two whole numbers there are half-lives as well: use
    it as it is."""
    return _inner(share, _radius(int(half_life)), _radius(longest))


def circle_refused(share, half_life, longest):
    """You return None where `longest` is infinite. That is allowed: the outer edge is then the unit circle,
    and r_max is 1."""
    return None if math.isinf(longest) else _inner(share, _radius(half_life), _radius(longest))


def half_lives_divided(share, half_life, longest):
    """You divide the half-lives in this share, as if they were spread evenly. What is spread evenly is
    the square of the radius."""
    shortest = longest - (longest - half_life) / share
    return None if not 0 < shortest < longest else (_radius(shortest), _radius(longest))


def by_e(share, half_life, longest):
    """After your half-life 1/e is left and not one half: exp(-1 / k) is the radius for the time constant
    k. The half-life is shorter by the logarithm of 2."""
    return _inner(share, math.exp(-1 / half_life), math.exp(-1 / longest))


def rule_of_thumb(share, half_life, longest):
    """You use the rule of thumb, 1 - 0.69 / k. It is good only near the circle. The radius is exactly the
    k-th root of one half."""
    return _inner(share, max(0.0, 1 - math.log(2) / half_life), 1 - math.log(2) / longest)


def squares_returned(share, half_life, longest):
    """You return the squares of the radii. Take the roots."""
    ring = _inner(share, _radius(half_life), _radius(longest))
    return ring and (ring[0] ** 2, ring[1] ** 2)


def exchanged(share, half_life, longest):
    """You return the outer radius first. The order is r_min, r_max."""
    ring = _inner(share, _radius(half_life), _radius(longest))
    return ring and (ring[1], ring[0])


def impossible_becomes_the_disk(share, half_life, longest):
    """Where no ring can do it, you return the whole disk. There a larger share than asked for is above
    the half-life: return None instead, so that nobody takes it for what they wished."""
    return _inner(share, _radius(half_life), _radius(longest)) or (0.0, _radius(longest))


def share_multiplied(share, half_life, longest):
    """You multiply by the share where it must be divided by it. The part outside of the half-life is only
    a share of the whole ring, so the ring is wider than that part."""
    middle, outer = _radius(half_life) ** 2, _radius(longest) ** 2
    return math.sqrt(outer - (outer - middle) * share), math.sqrt(outer)


def always_one_half(share, half_life, longest):
    """Your ring always has one half of its states above the half-life, whatever share is asked for."""
    return _inner(0.5, _radius(half_life), _radius(longest))


def half_life_doubled(share, half_life, longest):
    """With your radii the square is one half after k steps, so the half-lives are twice as long as asked.
    It is the radius to the k that must be one half."""
    return _inner(share, _radius(2 * half_life), _radius(2 * longest))


def right_by_areas(share, half_life, longest):
    """Solved for the area inside of the inner circle."""
    whole, part = math.pi * _radius(longest) ** 2, math.pi * _radius(half_life) ** 2
    hole = (part - (1 - share) * whole) / share
    if hole < 0:
        return None
    return math.sqrt(hole / math.pi), _radius(longest)


def right_by_logarithms(share, half_life, longest):
    """By the rates of decay."""
    outer, middle = (math.exp(-2 * math.log(2) / k) for k in (longest, half_life))
    inner = outer + (middle - outer) / share
    if inner >= 0:
        return math.sqrt(inner), math.sqrt(outer)
    return None
