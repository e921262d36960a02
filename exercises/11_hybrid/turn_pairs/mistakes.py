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


def exponent_over_the_head(x, position, turning, base):
    """You divide k by d_head in the exponent. It is k over the number of pairs, which is half of that, so
    your speeds fall only half as far."""
    pairs = x.shape[1] // 2
    k = np.arange(pairs)
    return _turn(x, position[:, None] * np.where(k < turning, base ** (-k / (2 * pairs)), 0.0))


def turned_number_used(x, position, turning, base):
    """Your second number is made from a first number that has been turned already. Both new numbers are made
    from the two old ones."""
    angle = position[:, None] * _speeds(x.shape[1] // 2, turning, base)
    first, second = np.split(x, 2, axis=1)
    first = first * np.cos(angle) - second * np.sin(angle)
    return np.concatenate([first, first * np.sin(angle) + second * np.cos(angle)], axis=1)


def angles_in_single_precision(x, position, turning, base):
    """You work out the angles in float32. Far out in a text that knows an angle to a few hundredths only, so
    make them in float64."""
    angle = position.astype(np.float32)[:, None] * _speeds(x.shape[1] // 2, turning, base).astype(np.float32)
    return _turn(x, angle.astype(np.float64))


def partner_next_to_the_turning_ones(x, position, turning, base):
    """You cut the numbers that turn out of the head and pair them among themselves. The partner of number k
    lies half a head further on, however many pairs turn."""
    angle = position[:, None] * _speeds(x.shape[1] // 2, turning, base)[:turning]
    part = _turn(x[:, : 2 * turning], angle)
    return np.concatenate([part, x[:, 2 * turning :]], axis=1)


def none_turns_where_all_should(x, position, turning, base):
    """Where all pairs should turn, yours stand still. A slice that begins at minus zero begins at the front:
    count from the front, from the number of pairs that turn."""
    pairs = x.shape[1] // 2
    speeds = base ** (-np.arange(pairs) / pairs)
    speeds[-(pairs - turning) :] = 0.0
    return _turn(x, position[:, None] * speeds)


def all_of_them_turn(x, position, turning, base):
    """You turn all pairs, whatever `turning` says. That is RoPE; in p-RoPE the slow pairs stand still."""
    return _turn(x, position[:, None] * _speeds(x.shape[1] // 2, x.shape[1] // 2, base))


def positions_from_one(x, position, turning, base):
    """You turn by one step too many: a row at position 0 is not turned."""
    return _turn(x, (position[:, None] + 1) * _speeds(x.shape[1] // 2, turning, base))


def row_number_as_position(x, position, turning, base):
    """You take the number of the row for its position. The rows may stand anywhere in the text: use
    `position`."""
    return _turn(x, np.arange(len(x))[:, None] * _speeds(x.shape[1] // 2, turning, base))


def speeds_that_grow(x, position, turning, base):
    """The sign in your exponent is missing, so your speeds grow from pair to pair. Pair 0 is the fastest."""
    pairs = x.shape[1] // 2
    k = np.arange(pairs)
    return _turn(x, position[:, None] * np.where(k < turning, base ** (k / pairs), 0.0))


def cycles_for_radians(x, position, turning, base):
    """You multiply the angle by a full turn. The speed is in radians already."""
    return _turn(x, 2 * np.pi * position[:, None] * _speeds(x.shape[1] // 2, turning, base))


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
