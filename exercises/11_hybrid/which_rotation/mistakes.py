"""What goes wrong when a rotary scheme is named, and other ways to do it."""

import math


def _scheme(speeds, base):
    """The name, by how many steps the base is cut into."""
    turning = [k for k, speed in enumerate(speeds) if speed > 0]
    if not turning:
        return "nope"
    if turning[0] > 0:
        return "reversed"
    if len(turning) == len(speeds):
        return "rope"
    steps = -math.log(base) / math.log(speeds[1])
    return "partial" if round(steps) == len(turning) else "p-rope"


def share_is_p_rope(speeds, base):
    """You say "p-rope" wherever the first pairs turn and the others do not. In "partial" that is so as well:
    look at how fast the second pair turns."""
    found = _scheme(speeds, base)
    return "p-rope" if found == "partial" else found


def share_is_partial(speeds, base):
    """You say "partial" wherever the first pairs turn and the others do not. In "p-rope" that is so as well:
    look at how fast the second pair turns."""
    found = _scheme(speeds, base)
    return "partial" if found == "p-rope" else found


def standing_first_is_nope(speeds, base):
    """You say "nope" as soon as the first pair stands still. Look at all pairs: the last ones may turn."""
    if speeds[0] == 0:
        return "nope"
    return _scheme(speeds, base)


def _told(speeds, base, partial):
    """The name, with a way of one's own to tell "partial" from "p-rope": partial(speeds, turning, base)."""
    turning = sum(speed > 0 for speed in speeds)
    if turning in (0, len(speeds)):
        return "rope" if turning else "nope"
    if speeds[0] == 0:
        return "reversed"
    return "partial" if partial(speeds, turning, base) else "p-rope"


def equal_to_the_last_digit(speeds, base):
    """You ask with == whether pair 1 has the speed of "p-rope". The speeds have been rounded, so ask which of
    the two formulas is nearer."""
    return _told(speeds, base, lambda speeds, m, base: speeds[1] != base ** (-1 / len(speeds)))


def equal_to_the_last_digit_of_the_other(speeds, base):
    """You ask with == whether pair 1 has the speed of "partial". The speeds have been rounded, so ask which
    of the two formulas is nearer."""
    return _told(speeds, base, lambda speeds, m, base: speeds[1] == base ** (-1 / m))


def coarse_beside_slow_pairs(speeds, base):
    """You compare the slowest pair with a tolerance that does not depend on how large the numbers are. Slow
    pairs have speeds of a ten-millionth, and beside these it is coarse: take a tolerance that is a share of
    the speed, or look at pair 1."""

    def partial(speeds, m, base):
        rope = base ** (-(m - 1) / len(speeds))
        return abs(speeds[m - 1] - rope) > 1e-8 + 1e-5 * rope

    return _told(speeds, base, partial)


def slow_is_nothing(speeds, base):
    """You take very slow pairs for pairs that stand still. With a large base the slowest turn by a ten-
    millionth of a radian in each step, and they turn all the same: only 0.0 stands still."""
    turning = [speed for speed in speeds if speed > 1e-6]
    if len(turning) in (0, len(speeds)):
        return "rope" if turning else "nope"
    if speeds[0] == 0:
        return "reversed"
    return "partial" if abs(speeds[1] / base ** (-1 / len(turning)) - 1) < 1e-9 else "p-rope"


def slow_end_is_partial(speeds, base):
    """You say "partial" where the slowest pair is slow. With most pairs turning that is so in "p-rope" as
    well: compare with the formulas."""
    return _told(speeds, base, lambda speeds, m, base: speeds[m - 1] <= base**-0.5 * (1 + 1e-9))


def two_names_swapped(speeds, base):
    """You have two names the wrong way round. "p-rope" leaves the speeds as they are in RoPE, made from n;
    "partial" makes new ones, from m."""
    found = _scheme(speeds, base)
    return {"partial": "p-rope", "p-rope": "partial"}.get(found, found)


def base_of_ten_thousand(speeds, base):
    """You calculate with a base of 10,000. That is only the usual one: take the base that is handed over."""
    return _told(speeds, base, lambda speeds, m, base: abs(speeds[1] / 10_000.0 ** (-1 / m) - 1) < 1e-9)


def standing_first_is_reversed(speeds, base):
    """You say "reversed" as soon as the first pair stands still. Perhaps none turns at all: look at the
    others."""
    return "reversed" if speeds[0] == 0 else _scheme(speeds, base)


def rising_is_reversed(speeds, base):
    """You look for speeds that rise. In "reversed" it is the last pairs that turn, with the speeds that they
    always had, so they fall there, too: look at which pairs stand still."""
    moving = [speed for speed in speeds if speed > 0]
    if not moving:
        return "nope"
    if len(moving) < len(speeds) and moving == sorted(moving):
        return "reversed"
    if len(moving) == len(speeds):
        return "rope"
    rope = [base ** (-k / len(speeds)) for k in range(len(moving))]
    same = all(abs(speed / right - 1) < 1e-9 for speed, right in zip(moving, rope, strict=True))
    return "p-rope" if same else "partial"


def half_of_the_pairs(speeds, base):
    """You take half of the pairs for those that turn, as in the examples. Count them."""
    half = len(speeds) // 2
    return _told(speeds, base, lambda speeds, m, base: abs(speeds[1] / base ** (-1 / half) - 1) < 1e-9)


def first_m_stand_still(speeds, base):
    """You say "reversed" where the first m pairs stand still. It is the first n - m that do: if more than
    half of the pairs turn, the first m hold some of them."""
    turning = sum(speed > 0 for speed in speeds)
    if turning in (0, len(speeds)):
        return "rope" if turning else "nope"
    if not any(speeds[:turning]):
        return "reversed"
    return "partial" if abs(speeds[1] / base ** (-1 / turning) - 1) < 1e-9 else "p-rope"


def right_by_logarithms(speeds, base):
    """Into how many steps is the base cut?"""
    return _scheme(speeds, base)


def right_by_making_all(speeds, base):
    """Make every list and compare."""
    n, m = len(speeds), len(speeds) - speeds.count(0.0)
    rope = [base ** (-k / n) for k in range(n)]
    lists = {
        "nope": [0.0] * n,
        "rope": rope,
        "partial": [base ** (-k / m) for k in range(m)] + [0.0] * (n - m) if m else [],
        "p-rope": rope[:m] + [0.0] * (n - m),
        "reversed": [0.0] * (n - m) + rope[n - m :],
    }
    return next(
        name
        for name, made in lists.items()
        if len(made) == n and all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(made, speeds, strict=True))
    )
