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


def U_the_wrong_way_round(x, h, W, U, b):
    """Your U works the wrong way round. Row i holds the pushes on number i of the new state: the place in the
    new state comes first, the place in the input second."""
    return [math.tanh(push) for push in _pushes(x, h, W, _turned(U), b)]


def tables_swapped(x, h, W, U, b):
    """You multiply W by the input and U by the old state. W belongs to the state, U to the input."""
    return [math.tanh(push) for push in _pushes(h, x, W, U, b)]


def own_number_of_the_input_only(x, h, W, U, b):
    """Number i of your new state is pushed by number i of the input alone. Every number of the input pushes
    every number of the state: what is missing is a loop over the row of U."""
    alone = [[u if i == j else 0.0 for j, u in enumerate(row)] for i, row in enumerate(U)]
    return [math.tanh(push) for push in _pushes(x, h, W, alone, b)]


def own_numbers_only(x, h, W, U, b):
    """Number i of your new state is pushed by number i of the state and number i of the input alone. Every
    number pushes every new one: what is missing are loops over the rows."""
    W, U = ([[w if i == j else 0.0 for j, w in enumerate(row)] for i, row in enumerate(t)] for t in (W, U))
    return [math.tanh(push) for push in _pushes(x, h, W, U, b)]


def row_times_its_own_number(x, h, W, U, b):
    """You multiply the whole row i by number i of the old state. Each W[i][j] has its own partner, h[j]: the
    index of the inner loop."""
    return [
        math.tanh(b[i] + sum(W[i]) * h[i] + sum(u * v for u, v in zip(U[i], x, strict=True)))
        for i in range(len(b))
    ]


def total_never_reset(x, h, W, U, b):
    """Each number of your new state also contains the pushes on the numbers before it. The sum must begin
    anew for each number: where do you set it?"""
    pushes = _pushes(x, h, W, U, b)
    return [math.tanh(sum(pushes[: i + 1])) for i in range(len(b))]


def total_reset_to_the_new_number(x, h, W, U, b):
    """Your sum goes on from the number made before, after its tanh. It must begin anew for each number."""
    state, last = [], 0.0
    for push in _pushes(x, h, W, U, b):
        last = math.tanh(last + push)
        state.append(last)
    return state


def tanh_of_every_product(x, h, W, U, b):
    """You take tanh of every term and add up the squeezed terms. First the whole sum, then tanh, once for
    each number of the new state."""
    return [
        math.tanh(b[i])
        + sum(math.tanh(w * v) for w, v in zip(W[i], h, strict=True))
        + sum(math.tanh(u * v) for u, v in zip(U[i], x, strict=True))
        for i in range(len(b))
    ]


def tanh_at_every_turn(x, h, W, U, b):
    """You take tanh inside the inner loop, of a sum that is not complete yet. First add up everything, then
    take tanh, once for each number of the new state."""
    state = []
    for i in range(len(b)):
        push = b[i]
        for w, v in [*zip(W[i], h, strict=True), *zip(U[i], x, strict=True)]:
            push = math.tanh(push + w * v)
        state.append(push)
    return state


def tanh_of_each_part(x, h, W, U, b):
    """You take tanh of each part, of the state, the input and b, and add them up. tanh comes once, around the
    whole sum."""
    none = [0.0] * len(b)
    parts = (_pushes([0.0] * len(x), h, W, U, none), _pushes(x, none, W, U, none), b)
    return [sum(map(math.tanh, each)) for each in zip(*parts, strict=True)]


def tanh_of_the_two_parts(x, h, W, U, b):
    """You take tanh of the state's part and of the input's part, and add them up. tanh comes once, around the
    whole sum."""
    none = [0.0] * len(b)
    parts = (_pushes([0.0] * len(x), h, W, U, none), _pushes(x, none, W, U, b))
    return [sum(map(math.tanh, each)) for each in zip(*parts, strict=True)]


def tanh_of_the_input_only(x, h, W, U, b):
    """You take tanh of the input's part and add the old state's part after it. tanh belongs around the whole
    sum."""
    none = [0.0] * len(b)
    state, rest = _pushes([0.0] * len(x), h, W, U, none), _pushes(x, none, W, U, b)
    return [p + math.tanh(q) for p, q in zip(state, rest, strict=True)]


def tanh_of_the_state_only(x, h, W, U, b):
    """You take tanh of the old state's part and add the input's part after it. tanh belongs around the whole
    sum."""
    none = [0.0] * len(b)
    state, rest = _pushes([0.0] * len(x), h, W, U, none), _pushes(x, none, W, U, b)
    return [math.tanh(p) + q for p, q in zip(state, rest, strict=True)]


def bias_outside_the_tanh(x, h, W, U, b):
    """You add b after the tanh. It is a push like the others: it goes inside."""
    pushes = _pushes(x, h, W, U, [0.0] * len(b))
    return [math.tanh(push) + start for push, start in zip(pushes, b, strict=True)]


def first_bias_for_all(x, h, W, U, b):
    """You add the same number of b to all numbers of the state. Number i gets b[i]."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, [b[0]] * len(b))]


def whole_bias_for_all(x, h, W, U, b):
    """You add the sum of all of b to each number of the state. Number i gets b[i] alone."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, [sum(b)] * len(b))]


def bias_at_every_turn_of_both_loops(x, h, W, U, b):
    """You add b[i] at every turn of the inner loops. It is added once for each number of the new state."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, [(len(h) + len(x)) * number for number in b])]


def bias_twice(x, h, W, U, b):
    """You add b twice, once with each table. It is added once for each number of the new state."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, [2 * number for number in b])]


def sigmoid_for_tanh(x, h, W, U, b):
    """All your numbers lie between 0 and 1: that is the logistic sigmoid. tanh goes from -1 to 1."""
    return [1 / (1 + math.exp(-min(max(push, -700), 700))) for push in _pushes(x, h, W, U, b)]


def old_state_added(x, h, W, U, b):
    """You add the new numbers to the old state. The state is made anew: the tanh of the sum is all of it."""
    return [old + math.tanh(push) for old, push in zip(h, _pushes(x, h, W, U, b), strict=True)]


def W_left_out(x, h, W, U, b):
    """Number i of the old state enters as it is, without W. The rows of W say how strongly each old number
    pushes."""
    same = [[float(i == j) for j in range(len(b))] for i in range(len(b))]
    return [math.tanh(push) for push in _pushes(x, h, same, U, b)]


def one_loop_for_both(x, h, W, U, b):
    """You run over the state and the input in one loop, as if both had the same number of numbers. The loop
    stops at the end of the shorter one, so the rest of the longer one is cut off."""
    return [
        math.tanh(b[i] + sum(w * p + u * q for w, p, u, q in zip(W[i], h, U[i], x, strict=False)))
        for i in range(len(b))
    ]


def last_turn_left_out(x, h, W, U, b):
    """Your inner loops stop one number too early, so the last number of the old state and of the input push
    nothing."""
    return [math.tanh(push) for push in _pushes([*x[:-1], 0.0], [*h[:-1], 0.0], W, U, b)]


def rounded(x, h, W, U, b):
    """You round the numbers to four digits. The example is only printed like that: return what math.tanh
    gives."""
    return [round(math.tanh(push), 4) for push in _pushes(x, h, W, U, b)]


def newest_number_first(x, h, W, U, b):
    """Your new state has its numbers in reverse order. Number 0 comes first."""
    return [math.tanh(push) for push in _pushes(x, h, W, U, b)][::-1]


def column_of_lists(x, h, W, U, b):
    """You wrap each number of the new state in a list of its own. A state is a flat list of numbers, as h
    is."""
    return [[math.tanh(push)] for push in _pushes(x, h, W, U, b)]


def row_of_a_table(x, h, W, U, b):
    """You return a list with the new state in it. Return the state itself, a flat list of numbers, as h
    is."""
    return [[math.tanh(push) for push in _pushes(x, h, W, U, b)]]


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
