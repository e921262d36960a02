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
