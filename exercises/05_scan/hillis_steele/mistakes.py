"""What goes wrong in the rounds of Hillis and Steele, and other ways to get them right."""

import numpy as np


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
    rounds = int(np.log2(len(b)))
    return _rounds(a, b, lambda p, q: (p[0] * q[0], q[0] * p[1] + q[1]), rounds=rounds)


def first_entries_lost(a, b):
    """In each round the first d entries become zero. A worker that has nobody to look back to keeps its
    pair."""
    a, b = np.array(a), np.array(b)
    rows, d = [b], 1
    while d < len(b):
        new_a, new_b = np.zeros_like(a), np.zeros_like(b)
        new_b[d:] = a[d:] * b[:-d] + b[d:]
        new_a[d:] = a[d:] * a[:-d]
        a, b = new_a, new_b
        rows.append(b)
        d *= 2
    return rows


def looks_round_the_corner(a, b):
    """The first workers look back past the beginning and see the end of the sequence: an index below zero
    (and np.roll) counts from the back. The future must not reach the past."""
    rows, d = [list(b)], 1
    while d < len(b):
        a, b = a * np.roll(a, d), a * np.roll(b, d) + b
        rows.append(list(b))
        d *= 2
    return rows


def right_with_lists(a, b):
    """Lists of numbers, new ones in each round."""
    return _rounds(a.tolist(), b.tolist(), lambda p, q: (p[0] * q[0], q[0] * p[1] + q[1]))


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
    """Pads the front with steps (1, 0) that change nothing, and returns one array (rounds + 1, time)."""
    rows = [b]
    for r in range((len(b) - 1).bit_length()):
        none = min(2**r, len(b))
        before_a = np.concatenate([np.ones(none), a[: len(b) - none]])
        before_b = np.concatenate([np.zeros(none), rows[-1][: len(b) - none]])
        rows.append(rows[-1] + a * before_b)
        a = a * before_a
    return np.stack(rows)
