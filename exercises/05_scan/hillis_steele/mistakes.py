"""What goes wrong in the rounds of Hillis and Steele, and other ways to get them right."""


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
    return _rounds(a, b, lambda p, q: (p[0] * q[0], q[0] * p[1] + q[1]), grow=lambda d: d + 1)


def one_round_too_few(a, b):
    """Your rounds are right, but there is one too few when T is not a power of two: log2 of T has to be
    rounded up. Go on as long as d is smaller than T."""
    rounds = len(b).bit_length() - 1
    return _rounds(a, b, lambda p, q: (p[0] * q[0], q[0] * p[1] + q[1]), rounds=rounds)


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


def right_with_pairs(a, b):
    """A list of pairs, a new one in each round."""
    return _rounds(a, b, lambda p, q: (p[0] * q[0], q[0] * p[1] + q[1]))


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
