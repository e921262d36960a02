"""What goes wrong on the way from a memory to a bias, and other ways to go it."""

import math


def _start(longest, draws, bias, write=lambda b: -b):
    biases = [bias(2 + u * (longest - 2)) for u in draws]
    return [(b, write(b)) for b in biases]


def write_like_keep(longest, draws):
    """Your write gate has the bias of the keep gate, so a unit with a long memory lets nearly everything in.
    It should write as much as it forgets: sigmoid(-b) is 1 - sigmoid(b)."""
    return _start(longest, draws, lambda L: math.log(L - 1), write=lambda b: b)


def write_zero(longest, draws):
    """Your write gate is always half open. It should let in as much as the keep gate forgets."""
    return _start(longest, draws, lambda L: math.log(L - 1), write=lambda b: 0.0)


def logarithm_of_the_memory(longest, draws):
    """You take the logarithm of L. The memory is 1 + e^b, so the 1 goes away first: the shortest memory, 2
    steps, belongs to the bias 0."""
    return _start(longest, draws, math.log)


def from_one_step(longest, draws):
    """Your memories begin at 1 step, which no bias gives. The draw 0 stands for 2 steps."""
    biases = [math.log(max(u * (longest - 1), 1e-12)) for u in draws]
    return [(b, -b) for b in biases]


def even_in_the_bias(longest, draws):
    """You spread the biases evenly, and not the memories. Make the memory from the draw first, and the bias
    from the memory."""
    biases = [u * math.log(longest - 1) for u in draws]
    return [(b, -b) for b in biases]


def half_life_for_mean(longest, draws):
    """With your bias a half is left after L steps. What counts here is the mean: 1/(1 - keep) is L."""
    return _start(longest, draws, lambda L: -math.log(math.expm1(math.log(2) / L)))


def gate_for_bias(longest, draws):
    """You return what the gates are. Wished are the biases, from which the sigmoid makes the gates."""
    return [(1 - 1 / L, 1 / L) for L in (2 + u * (longest - 2) for u in draws)]


def exchanged(longest, draws):
    """You return the bias of the write gate first. The order is (b_keep, b_write)."""
    return _start(longest, draws, lambda L: -math.log(L - 1))


def digits_lost(longest, draws):
    """For very long memories you lose digits: the gate is so near to 1 that 1 - keep has few of them left. Do
    the algebra first, and keep / (1 - keep) becomes simple."""

    def bias(L):
        f = 1 - 1 / L
        return math.log(f / (1 - f))

    return _start(longest, draws, bias)


def rounded(longest, draws):
    """You round the biases. Only the example is printed like that: return all digits."""
    return [(round(b, 4), round(w, 4)) for b, w in _start(longest, draws, lambda L: math.log(L - 1))]


def time_constant(longest, draws):
    """Your gate is exp(-1 / L), so the mean is not quite L. Solve 1/(1 - keep) = L for the gate."""
    return _start(longest, draws, lambda L: -math.log(math.expm1(1 / L)))


def keep_negative(longest, draws):
    """Your biases have the wrong sign: a long memory needs a keep gate near 1, and so a large bias."""
    return _start(longest, draws, lambda L: -math.log(L - 1), write=lambda b: b)


def right_from_both_gates(longest, draws):
    """Never subtracts from 1 what is near 1."""
    found = []
    for u in draws:
        forget = 1 / ((1 - u) * 2 + u * longest)
        b = math.log1p(-forget) - math.log(forget)
        found.append((b, -b))
    return found


def right_by_hyperbola(longest, draws):
    """sigmoid(b) is (1 + tanh(b / 2)) / 2; far out, where that loses digits, by log1p."""
    found = []
    for u in draws:
        more = u * (longest - 2)  # beyond two steps
        b = 2 * math.atanh(more / (more + 2)) if more < 1000 else math.log1p(more)
        found.append((b, 0.0 - b))
    return found
