"""What goes wrong in one step of the network with lists."""

import math


def _pushes(x, h, W, U, b):
    state = []
    for i in range(len(b)):
        state.append(
            b[i] + sum(W[i][j] * h[j] for j in range(len(h))) + sum(U[i][j] * x[j] for j in range(len(x)))
        )
    return state


def _turned(table):
    return [list(column) for column in zip(*table, strict=True)]


def W_the_wrong_way_round(x, h, W, U, b):
    """Your W works the wrong way round. Row i holds the pushes on number i of the new state: the place in the
    new state comes first, the place in the old one second."""
    return [math.tanh(push) for push in _pushes(x, h, _turned(W), U, b)]


def both_tables_the_wrong_way_round(x, h, W, U, b):
    """Your W and your U work the wrong way round. In both, the row is the place in the new state."""
    return [math.tanh(push) for push in _pushes(x, h, _turned(W), _turned(U), b)]


def new_numbers_pushed_too(x, h, W, U, b):
    """You write the new numbers into the list that you still read from. So later numbers are pushed by new
    ones. All pushes come from the old state: give the new one a list of its own."""
    h = list(h)
    for i in range(len(b)):
        h[i] = math.tanh(_pushes(x, h, W, U, b)[i])
    return h


def only_the_own_number(x, h, W, U, b):
    """Number i of your new state is pushed by number i of the old one alone. Every old number pushes every
    new one: what is missing is a loop over the row."""
    alone = [[w if i == j else 0.0 for j, w in enumerate(row)] for i, row in enumerate(W)]
    return [math.tanh(push) for push in _pushes(x, h, alone, U, b)]


def bias_forgotten(x, h, W, U, b):
    """You left b out. It is added before the tanh, once for each number of the new state."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, [0.0] * len(b))]


def bias_at_every_product(x, h, W, U, b):
    """You add b[i] at every turn of the inner loop. It is added once for each number of the new state."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, [len(h) * number for number in b])]


def tanh_forgotten(x, h, W, U, b):
    """Your state is not squeezed into the range from -1 to 1. Which function is missing around the sum?"""
    return _pushes(x, h, W, U, b)


def state_left_out(x, h, W, U, b):
    """Your new state depends on the input alone, so this network remembers nothing. Where does h enter?"""
    return [math.tanh(push) for push in _pushes(x, [0.0] * len(h), W, U, b)]


def input_left_out(x, h, W, U, b):
    """Your new state does not depend on the input. The numbers of x push as well, with the rows of U."""
    return [math.tanh(push) for push in _pushes([0.0] * len(x), h, W, U, b)]


def pushes_not_added_up(x, h, W, U, b):
    """Of all pushes of the old state only the last counts. Start a sum before the inner loop, and let every
    turn add to it."""
    last = [[*[0.0] * (len(row) - 1), row[-1]] for row in W]
    return [math.tanh(push) for push in _pushes(x, h, last, U, b)]


def right_with_sums(x, h, W, U, b):
    """Two sums in place of the inner loops."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, b)]


def right_column_by_column(x, h, W, U, b):
    """Each old number and each input pushes all new numbers in turn."""
    state = list(b)
    for table, numbers in ((W, h), (U, x)):
        for j, number in enumerate(numbers):
            state = [push + row[j] * number for push, row in zip(state, table, strict=True)]
    return [math.tanh(push) for push in state]


def right_one_long_row(x, h, W, U, b):
    """Puts state, input and a 1 into one list, and the rows behind one another."""
    numbers, rows = [*h, *x, 1.0], [[*w, *u, c] for w, u, c in zip(W, U, b, strict=True)]
    return [math.tanh(sum(p * q for p, q in zip(row, numbers, strict=True))) for row in rows]
