"""What goes wrong when a box is judged by its recordings, and other ways to get it right."""


def _word(by_sum, by_time):
    return ("none", "sum", "time", "both")[bool(by_sum) + 2 * bool(by_time)]


def _sum_broken(one, other, both, limit=0.001):
    return any(abs(x + y - z) > limit for x, y, z in zip(one, other, both, strict=True))


def _time_broken(one, later, delay, limit=0.001):
    return any(abs(u - v) > limit for u, v in zip(later, _moved(one, delay), strict=False))


def _moved(one, delay):
    return ([0.0] * delay + list(one))[: len(one)]


def compared_exactly(one, other, both, later, delay):
    """You compare with ==. The recordings are rounded, so numbers that should be equal hardly ever are: ask
    whether they are less than 0.001 apart."""
    by_sum = [x + y for x, y in zip(one, other, strict=True)] != list(both)
    return _word(by_sum, list(later[delay:]) != list(one[: len(one) - delay]))


def not_shifted(one, other, both, later, delay):
    """You compare `later` with `one` at the same step. The same claps came `delay` steps later, so their
    answer comes later, too: compare step t of `later` with step t - delay of `one`."""
    return _word(_sum_broken(one, other, both), _time_broken(one, later, 0))


def shifted_by_one(one, other, both, later, delay):
    """You move the answer by one step, whatever the delay is. It comes as much later as the claps: by `delay`
    steps."""
    return _word(_sum_broken(one, other, both), _time_broken(one, later, 1))


def shifted_the_wrong_way(one, other, both, later, delay):
    """You compare step t of `later` with step t + delay of `one`. It is the other way round: the later
    recording lags behind, so its step t belongs to step t - delay of `one`."""
    by_time = any(abs(u - v) > 0.001 for u, v in zip(later, one[delay:], strict=False))
    return _word(_sum_broken(one, other, both), by_time)


def silence_before_not_looked_at(one, other, both, later, delay):
    """You do not look at the first `delay` steps of `later`. Nothing has been clapped by then, so a sound in
    them breaks the time law, too."""
    by_time = any(abs(u - v) > 0.001 for u, v in zip(later[delay:], one, strict=False))
    return _word(_sum_broken(one, other, both), by_time)


def names_what_holds(one, other, both, later, delay):
    """You name the laws that hold. The question is which ones are broken."""
    return _word(not _sum_broken(one, other, both), not _time_broken(one, later, delay))


def sum_and_time_exchanged(one, other, both, later, delay):
    """You say "sum" for the time law and "time" for the sum law. The sum law is about `one`, `other` and
    `both`, the time law about `one` and `later`."""
    return _word(_time_broken(one, later, delay), _sum_broken(one, other, both))


def one_broken_hides_the_other(one, other, both, later, delay):
    """You stop at the first law that is broken. The other one may be broken as well: look at both before you
    answer."""
    if _sum_broken(one, other, both):
        return "sum"
    return _word(0, _time_broken(one, later, delay))


def first_step_alone(one, other, both, later, delay):
    """You look at the first step of an answer only. A law must hold at every step."""
    return _word(abs(one[0] + other[0] - both[0]) > 0.005, abs(one[0] - later[delay]) > 0.005)


def last_step_alone(one, other, both, later, delay):
    """You look at the last step of an answer only. A law must hold at every step, so one difference anywhere
    is enough to break it."""
    by_sum = abs(one[-1] + other[-1] - both[-1]) > 0.001
    return _word(by_sum, abs(later[-1] - one[len(one) - 1 - delay]) > 0.001)


def only_totals(one, other, both, later, delay):
    """You compare sums over all steps. What is too much at one step and too little at another cancels there:
    compare step by step."""
    by_sum = abs(sum(one) + sum(other) - sum(both)) > 0.005
    return _word(by_sum, abs(sum(_moved(one, delay)) - sum(later)) > 0.005)


def mean_for_the_sum(one, other, both, later, delay):
    """You expect the mean of the two answers. Claps on top of each other give the sum of the answers."""
    by_sum = any(abs((x + y) / 2 - z) > 0.001 for x, y, z in zip(one, other, both, strict=True))
    return _word(by_sum, _time_broken(one, later, delay))


def too_much_does_not_count(one, other, both, later, delay):
    """You subtract without taking the size, so only differences to one side count. Take `abs` of a difference
    before you compare it."""
    by_sum = any(x + y - z > 0.001 for x, y, z in zip(one, other, both, strict=True))
    return _word(by_sum, any(v - u > 0.001 for u, v in zip(later, _moved(one, delay), strict=True)))


def too_little_does_not_count(one, other, both, later, delay):
    """You subtract without taking the size, so only differences to one side count. Take `abs` of a difference
    before you compare it."""
    by_sum = any(z - x - y > 0.001 for x, y, z in zip(one, other, both, strict=True))
    return _word(by_sum, any(u - v > 0.001 for u, v in zip(later, _moved(one, delay), strict=True)))


def right_by_maximum(one, other, both, later, delay):
    """By the largest gap of each law."""
    by_sum = max(abs(z - y - x) for x, y, z in zip(one, other, both, strict=True))
    by_time = max(abs(u - v) for u, v in zip(later, _moved(one, delay), strict=True))
    return {(0, 0): "none", (1, 0): "sum", (0, 1): "time", (1, 1): "both"}[by_sum > 0.005, by_time > 0.005]


def right_with_silence(one, other, both, later, delay):
    """Puts silence in front and compares all steps."""
    expected = ([0.0] * delay + one)[: len(one)]
    return _word(
        not all(abs(z - (x + y)) < 0.002 for x, y, z in zip(one, other, both, strict=True)),
        not all(abs(u - v) < 0.002 for u, v in zip(later, expected, strict=True)),
    )
