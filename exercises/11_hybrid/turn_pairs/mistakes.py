"""What goes wrong with rotary positions, and other ways to do it."""

import numpy as np


def _speeds(pairs, turning, base):
    return np.where(np.arange(pairs) < turning, base ** (-np.arange(pairs) / pairs), 0.0)


def _turn(x, angle):
    first, second = np.split(x, 2, axis=1)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.concatenate([first * cos - second * sin, first * sin + second * cos], axis=1)


def neighbours_paired(x, position, turning, base):
    """You pair neighbours. Here a pair is a number of the first half with the one at the same place in the
    second half. Both are in use, but not in the same model."""
    angle = position[:, None] * _speeds(x.shape[1] // 2, turning, base)
    out = np.array(x)
    out[:, 0::2] = x[:, 0::2] * np.cos(angle) - x[:, 1::2] * np.sin(angle)
    out[:, 1::2] = x[:, 1::2] * np.cos(angle) + x[:, 0::2] * np.sin(angle)
    return out


def spread_anew(x, position, turning, base):
    """You spread all speeds, fast to slow, over the pairs that turn. That is partial rotary, another
    function. In p-RoPE a pair that turns has the speed that it has when all turn."""
    pairs = x.shape[1] // 2
    k = np.arange(pairs)
    speeds = np.where(k < turning, base ** (-k / max(turning, 1)), 0.0)
    return _turn(x, position[:, None] * speeds)


def slow_ones_turn(x, position, turning, base):
    """You turn the slowest pairs. In p-RoPE the fastest ones turn, and the slow ones stand still."""
    pairs = x.shape[1] // 2
    k = np.arange(pairs)
    speeds = np.where(k >= pairs - turning, base ** (-k / pairs), 0.0)
    return _turn(x, position[:, None] * speeds)


def backwards(x, position, turning, base):
    """You turn the other way: look at the signs of the two sines. If queries and keys are both turned so,
    their products are right, but beside keys of another program they are not."""
    return _turn(x, -position[:, None] * _speeds(x.shape[1] // 2, turning, base))


def right_by_complex_numbers(x, position, turning, base):
    """A pair is a complex number."""
    pairs = x.shape[1] // 2
    z = x[:, :pairs] + 1j * x[:, pairs:]
    z = z * np.exp(1j * np.outer(position, _speeds(pairs, turning, base)))
    return np.hstack([z.real, z.imag])


def right_by_loops(x, position, turning, base):
    """Pair by pair."""
    out, pairs = x.copy(), x.shape[1] // 2
    for k in range(turning):
        angle = position / base ** (k / pairs)
        out[:, k] = x[:, k] * np.cos(angle) - x[:, k + pairs] * np.sin(angle)
        out[:, k + pairs] = x[:, k] * np.sin(angle) + x[:, k + pairs] * np.cos(angle)
    return out
