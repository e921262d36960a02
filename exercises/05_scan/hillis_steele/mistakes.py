"""What goes wrong in the rounds of Hillis and Steele, and other ways to get them right."""

from ctypes import c_float
from math import exp, inf, log, nan


def reads_what_it_just_wrote(a, b):
    """You read and write the same list within one round, so a worker sees the new pair of its partner and
    not the old one. All workers look at the same moment: read from the old lists, write to new ones."""
    a, b = list(a), list(b)
    rows, d = [list(b)], 1
    while d < len(b):
        for t in range(d, len(b)):
            b[t] = a[t] * b[t - d] + b[t]
            a[t] = a[t] * a[t - d]
        rows.append(list(b))
        d *= 2
    return rows


def _rounds(a, b, join, grow=lambda d: 2 * d, rounds=None):
    """Rounds with a chosen way to join the pair at t - d with the pair at t."""
    pairs, d = list(zip(a, b, strict=True)), 1
    rows = [[q for _, q in pairs]]
    while d < len(pairs) and (rounds is None or len(rows) <= rounds):
        pairs = [join(pairs[t - d], pairs[t]) if t >= d else pairs[t] for t in range(len(pairs))]
        rows.append([q for _, q in pairs])
        d = grow(d)
    return rows


def order_reversed(a, b):
    """You put the later pair before the earlier one. The pair at t - d comes first; the decay at t
    multiplies what it brings."""
    return _rounds(a, b, lambda p, q: (p[0] * q[0], p[0] * q[1] + p[1]))


def decays_not_combined(a, b):
    """Your first round is right, but later ones use the decays of single steps. A pair that covers two
    steps has the product of two decays: the a of every pair changes in each round, too."""
    return _rounds(a, b, lambda p, q: (q[0], q[0] * p[1] + q[1]))


def new_decay_used_too_early(a, b):
    """In each round you renew a before b uses it. To add what the partner brings, b needs the decay from
    before the round."""
    return _rounds(a, b, lambda p, q: (p[0] * q[0], p[0] * q[0] * p[1] + q[1]))


def distance_grows_by_one(a, b):
    """You look back 1, 2, 3, ... steps. After the first round a pair already covers two steps, so looking
    back 2 and then 4 is enough, and 3 counts some steps twice."""
    return _rounds(a, b, _join, grow=lambda d: d + 1)


def one_round_too_few(a, b):
    """Your rounds are right, but there is one too few when T is not a power of two: log2 of T has to be
    rounded up. Go on as long as d is smaller than T."""
    rounds = len(b).bit_length() - 1
    return _rounds(a, b, _join, rounds=rounds)


def first_entries_lost(a, b):
    """In each round the first d entries become zero. A worker that has nobody to look back to keeps its
    pair."""
    rows, d = [b], 1
    while d < len(b):
        new_a, new_b = [0.0] * len(b), [0.0] * len(b)
        for t in range(d, len(b)):
            new_b[t] = a[t] * b[t - d] + b[t]
            new_a[t] = a[t] * a[t - d]
        a, b = new_a, new_b
        rows.append(b)
        d *= 2
    return rows


def one_list_in_all_rows(a, b):
    """You put one and the same list into every row, so all rows show what it holds at the end. Each row
    needs a list of its own."""
    a, b = list(a), list(b)
    rows, d = [b], 1
    while d < len(b):
        for t in range(len(b) - 1, d - 1, -1):
            b[t] = a[t] * b[t - d] + b[t]
            a[t] = a[t] * a[t - d]
        rows.append(b)
        d *= 2
    return rows


def everything_in_one_list(a, b):
    """You read from one list, write into it and put it into every row. A round must read what was there
    before it, and each row needs a list of its own."""
    a, b = list(a), list(b)
    rows, d = [b], 1
    while d < len(b):
        for t in range(d, len(b)):
            b[t] = a[t] * b[t - d] + b[t]
            a[t] = a[t] * a[t - d]
        rows.append(b)
        d *= 2
    return rows


def looks_round_the_corner(a, b):
    """The first workers look back past the beginning and see the end of the sequence: an index below zero
    counts from the back. The future must not reach the past."""
    rows, d, steps = [b], 1, range(len(b))
    while d < len(b):
        a, b = [a[t] * a[t - d] for t in steps], [a[t] * b[t - d] + b[t] for t in steps]
        rows.append(b)
        d *= 2
    return rows


def _join(p, q):
    return p[0] * q[0], q[0] * p[1] + q[1]


def start_row_missing(a, b):
    """Your first row is the one after the first round. The row of the start is missing: rows[0] is b
    itself."""
    return _rounds(a, b, _join)[1:]


def one_round_too_many(a, b):
    """When T is a power of two you go one round too far. When d has reached T nobody finds a partner any
    more: go on only as long as d is smaller than T."""
    rows = _rounds(a, b, _join)
    return [*rows, rows[-1]] if len(b).bit_count() == 1 else rows


def always_one_round_too_many(a, b):
    """You make one round too many. As soon as d has reached T every pair covers the whole past, and there is
    no other row."""
    rows = _rounds(a, b, _join)
    return [*rows, rows[-1]]


def stops_one_round_early(a, b):
    """Your rounds are right, but you stop one round too early. Go on as long as d is smaller than T: a pair
    that covers d steps does not yet cover T."""
    return _rounds(a, b, _join, rounds=max(0, (len(b) - 1).bit_length() - 1))


def only_start_and_end(a, b):
    """You return the start and the end alone. Your h is right, but each round in between has a row, too, and
    a loop over time never meets those."""
    h, states = 0.0, []
    for a_t, b_t in zip(a, b, strict=True):
        h = a_t * h + b_t
        states.append(h)
    return [list(b), states]


def last_row_alone(a, b):
    """You return only h, as a row of its own. The rows before it are asked for as well: the start and every
    round."""
    return _rounds(a, b, _join)[-1:]


def h_in_all_rows(a, b):
    """All your rows after the start are the same, the last one. A row shows what the pairs have covered
    after its round. Is it one and the same list that you put into all of them?"""
    rows = _rounds(a, b, _join)
    return [rows[0], *rows[-1:] * (len(rows) - 1)]


def rows_reversed(a, b):
    """Your rows are right, but the last round comes first. rows[0] is the start and rows[-1] is h."""
    return _rounds(a, b, _join)[::-1]


def rows_and_columns_swapped(a, b):
    """You return a row for each step. A row is one moment: it holds the numbers of all T workers after a
    round."""
    return [list(column) for column in zip(*_rounds(a, b, _join), strict=True)]


def rows_of_decays(a, b):
    """Your rows hold the a of the pairs. They should hold the b, which become the states."""
    return _rounds([*a], [*a], lambda p, q: (p[0] * q[0], p[0] * q[0]))


def decay_as_a_power(a, b):
    """You take a[t] to the power d for the decay of a pair. That is right only if all decays are the
    same: the decay of a pair is the product of the decays of its steps."""
    rows, d = [list(b)], 1
    while d < len(b):
        row = rows[-1]
        rows.append([row[t] if t < d else a[t] ** d * row[t - d] + row[t] for t in range(len(b))])
        d *= 2
    return rows


def decays_added(a, b):
    """You add the decays of two pairs. Halving and then halving again leaves a quarter: decays multiply."""
    return _rounds(a, b, lambda p, q: (p[0] + q[0], q[0] * p[1] + q[1]))


def decays_left_out(a, b):
    """Your rows are sums of inputs without any decay. What the partner brings is multiplied by the decay
    of the pair at t."""
    return _rounds(a, b, lambda p, q: (p[0] * q[0], p[1] + q[1]))


def both_inputs_decayed(a, b):
    """You multiply both inputs by the decay at t. A step multiplies what was there before, and adds its own
    input after that."""
    return _rounds(a, b, lambda p, q: (p[0] * q[0], q[0] * (p[1] + q[1])))


def decay_of_the_partner(a, b):
    """You multiply what the partner brings by the partner's own decay. That one acted before; the decay of
    the pair at t is the one that multiplies it."""
    return _rounds(a, b, lambda p, q: (p[0] * q[0], p[0] * p[1] + q[1]))


def looks_ahead(a, b):
    """You look ahead instead of back: the pair at t + d is later, and no state depends on the future."""
    rows = _rounds(a[::-1], b[::-1], _join)
    return [row[::-1] for row in rows]


def first_partner_left_out(a, b):
    """In each round the worker t = d finds no partner with you. It has one, at t - d = 0: only those with
    t < d have none."""
    pairs, d = list(zip(a, b, strict=True)), 1
    rows = [list(b)]
    while d < len(pairs):
        pairs = [_join(pairs[t - d], pairs[t]) if t > d else pairs[t] for t in range(len(pairs))]
        rows.append([q for _, q in pairs])
        d *= 2
    return rows


def first_round_left_out(a, b):
    """Your first round looks back two steps. It begins with d = 1: after that a pair covers two steps,
    and only then d = 2 is right."""
    pairs, d = list(zip(a, b, strict=True)), 2
    rows = [list(b)]
    while d < len(pairs):
        pairs = [_join(pairs[t - d], pairs[t]) if t >= d else pairs[t] for t in range(len(pairs))]
        rows.append([q for _, q in pairs])
        d *= 2
    return rows


def always_one_step_back(a, b):
    """You look back one step in every round. After the first round a pair covers two steps, so the next
    partner stands two steps back, then four: double d."""
    rows = _rounds(a, b, _join)
    pairs, rows = list(zip(a, b, strict=True)), rows[:1] + [[]] * (len(rows) - 1)
    for r in range(1, len(rows)):
        pairs = [_join(pairs[t - 1], pairs[t]) if t else pairs[t] for t in range(len(pairs))]
        rows[r] = [q for _, q in pairs]
    return rows


def one_step_left_out(a, b):
    """For T = 1 you return no rows. There is no round then, but the row of the start is there: b itself."""
    return _rounds(a, b, _join) if len(b) > 1 else []


def round_for_one_step(a, b):
    """For T = 1 you return two rows. With d = 1 nobody finds a partner, so there is no round: the only
    row is that of the start."""
    rows = _rounds(a, b, _join)
    return rows if len(b) > 1 else rows * 2


def decay_of_the_neighbour(a, b):
    """You join the decay at t with that at t - 1 in every round. The partner stands at t - d, for the
    decays as for the inputs."""
    a, rows, d = list(a), [list(b)], 1
    while d < len(b):
        row = rows[-1]
        rows.append([row[t] if t < d else a[t] * row[t - d] + row[t] for t in range(len(b))])
        a = [a[t] if t < d else a[t] * a[t - 1] for t in range(len(b))]
        d *= 2
    return rows


def zero_decay_taken_as_one(a, b):
    """You treat a decay of zero as if it were one. A step with a decay of zero forgets what was before
    it; the same formulas hold for it."""
    return _rounds(a, b, lambda p, q: (p[0] * (q[0] or 1.0), (q[0] or 1.0) * p[1] + q[1]))


def logarithms_added(a, b):
    """You multiply the decays by adding their logarithms. A decay that is zero or negative has no
    logarithm."""

    def product(*decays):
        return exp(sum(map(log, decays))) if min(decays) > 0 else nan

    return _rounds(a, b, lambda p, q: (product(p[0], q[0]), product(q[0]) * p[1] + q[1]))


def products_divided(a, b):
    """You get the decay of a pair by dividing running products. One decay of zero, or many small ones, make
    such a product zero, and then nothing can be divided by it. Let each pair carry its own product."""

    def divided(x, y):
        return x / y if y else nan if x == 0 or x != x else inf

    products, row = [a[0]], list(b)
    for x in a[1:]:
        products.append(products[-1] * x)
    rows, d = [row], 1
    while d < len(b):
        new = [divided(products[t], products[t - d]) * row[t - d] + row[t] for t in range(d, len(b))]
        row = row[:d] + new
        rows.append(row)
        d *= 2
    return rows


def inputs_read_as_written(a, b):
    """You write the new inputs into the list from which you read in the same round, so a worker sees the
    new b of its partner. All workers look at the same moment: write to a new list."""
    a, b = list(a), list(b)
    rows, d = [list(b)], 1
    while d < len(b):
        old = list(a)
        for t in range(d, len(b)):
            b[t] = old[t] * b[t - d] + b[t]
            a[t] = old[t] * old[t - d]
        rows.append(list(b))
        d *= 2
    return rows


def decays_read_as_written(a, b):
    """You write the new decays into the list from which you read in the same round, so a worker sees the
    new a of its partner. All workers look at the same moment: write to a new list."""
    a, b = list(a), list(b)
    rows, d = [list(b)], 1
    while d < len(b):
        old = list(b)
        for t in range(d, len(b)):
            b[t] = a[t] * old[t - d] + old[t]
            a[t] = a[t] * a[t - d]
        rows.append(list(b))
        d *= 2
    return rows


def single_precision(a, b):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond
    3e38. Use the numbers of Python, or arrays of float64."""

    def narrow(x):
        return c_float(x).value

    def join(p, q):
        return narrow(p[0] * q[0]), narrow(narrow(q[0] * p[1]) + q[1])

    return _rounds([narrow(x) for x in a], [narrow(x) for x in b], join)


def right_with_pairs(a, b):
    """A list of pairs, a new one in each round."""
    return _rounds(a, b, _join)


def right_downwards_in_place(a, b):
    """One list, changed from the end to the beginning: what is read has not been written yet."""
    a, b = list(a), list(b)
    rows, d = [list(b)], 1
    while d < len(b):
        for t in range(len(b) - 1, d - 1, -1):
            b[t] += a[t] * b[t - d]
            a[t] *= a[t - d]
        rows.append(list(b))
        d *= 2
    return rows


def right_as_a_table(a, b):
    """Puts steps (1, 0) that change nothing before the first, and returns tuples."""
    rows = [tuple(b)]
    for r in range((len(b) - 1).bit_length()):
        before_a, before_b = [1.0] * 2**r + list(a), [0.0] * 2**r + list(rows[-1])
        rows.append(tuple(y + x * before for x, y, before in zip(a, rows[-1], before_b, strict=False)))
        a = [x * before for x, before in zip(a, before_a, strict=False)]
    return tuple(rows)
