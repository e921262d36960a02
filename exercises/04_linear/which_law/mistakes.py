"""What goes wrong when a box is judged by its recordings, and other ways to get it right."""


def _word(by_sum, by_time):
    return ("none", "sum", "time", "both")[bool(by_sum) + 2 * bool(by_time)]


def _sum_broken(one, other, both, limit=0.001):
    return any(abs(x + y - z) > limit for x, y, z in zip(one, other, both, strict=True))


def _time_broken(one, later, delay, limit=0.001):
    return any(abs(u - v) > limit for u, v in zip(later[delay:], one, strict=False))


def compared_exactly(one, other, both, later, delay):
    """You compare with ==. The recordings are rounded, so numbers that should be equal hardly ever are: ask
    whether they are less than 0.001 apart."""
    return _word(_sum_broken(one, other, both, 0), _time_broken(one, later, delay, 0))


def not_shifted(one, other, both, later, delay):
    """You compare `later` with `one` at the same step. The same claps came `delay` steps later, so their
    answer comes later, too: compare step t of `later` with step t - delay of `one`."""
    by_time = any(abs(u - v) > 0.001 for u, v in zip(later, one, strict=True))
    return _word(_sum_broken(one, other, both), by_time)


def one_broken_hides_the_other(one, other, both, later, delay):
    """You stop at the first law that is broken. The other one may be broken as well: look at both before you
    answer."""
    if _sum_broken(one, other, both):
        return "sum"
    return _word(0, _time_broken(one, later, delay))


def right_by_maximum(one, other, both, later, delay):
    """By the largest gap of each law."""
    by_sum = max(abs(z - y - x) for x, y, z in zip(one, other, both, strict=True))
    by_time = max(abs(later[delay + t] - one[t]) for t in range(len(one) - delay))
    return {(0, 0): "none", (1, 0): "sum", (0, 1): "time", (1, 1): "both"}[by_sum > 0.005, by_time > 0.005]


def right_with_silence(one, other, both, later, delay):
    """Puts silence in front and compares all steps."""
    expected = ([0.0] * delay + one)[: len(one)]
    return _word(
        not all(abs(z - (x + y)) < 0.002 for x, y, z in zip(one, other, both, strict=True)),
        not all(abs(u - v) < 0.002 for u, v in zip(later, expected, strict=True)),
    )
