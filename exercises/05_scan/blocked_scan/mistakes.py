"""What goes wrong between blocks, and other ways to get it right."""

from itertools import accumulate
from math import prod
from operator import mul


def _walk(a, b, h):
    states = []
    for a_t, b_t in zip(a, b, strict=True):
        h = a_t * h + b_t
        states.append(h)
    return states


def _cut(x, block):
    return [x[begin : begin + block] for begin in range(0, len(x), block)]


def _summaries(a, b, block):
    return [(prod(u), _walk(u, v, 0.0)[-1]) for u, v in zip(_cut(a, block), _cut(b, block), strict=True)]


def _starts(summaries, h0):
    return [h0, *_walk(*zip(*summaries, strict=True), h0)[:-1]]


def _fill(a, b, starts, block):
    blocks = zip(_cut(a, block), _cut(b, block), starts, strict=True)
    return [h for u, v, start in blocks for h in _walk(u, v, start)]


def carry_not_applied(a, b, h0, block):
    """Your summaries and starts are right, but h does not use the starts: every block is filled in from
    zero."""
    summaries = _summaries(a, b, block)
    starts = _starts(summaries, h0)
    return summaries, starts, _fill(a, b, [0.0] * len(starts), block)


def carry_with_one_decay(a, b, h0, block):
    """You add the carried state with the decay of a single step. At the third step of a block it has been
    multiplied by three decays: the product of a from the begin of the block up to here."""
    summaries = _summaries(a, b, block)
    starts = _starts(summaries, h0)
    local = _fill(a, b, [0.0] * len(starts), block)
    return summaries, starts, [local[t] + a[t] * starts[t // block] for t in range(len(b))]


def carry_with_the_whole_decay(a, b, h0, block):
    """You add the carried state with the A of the whole block at every step. Within the block it has only
    been multiplied by the decays up to that step."""
    summaries = _summaries(a, b, block)
    starts = _starts(summaries, h0)
    local = _fill(a, b, [0.0] * len(starts), block)
    return (
        summaries,
        starts,
        [local[t] + summaries[t // block][0] * starts[t // block] for t in range(len(b))],
    )


def carry_not_chained(a, b, h0, block):
    """Each of your blocks starts from the B of the block before. That forgets what went into that block: a
    block that starts from s ends at A * s + B."""
    summaries = _summaries(a, b, block)
    starts = [h0, *(B for _, B in summaries[:-1])]
    return summaries, starts, _fill(a, b, starts, block)


def h0_forgotten(a, b, h0, block):
    """Your first block starts from zero. It starts from h0, and what h0 leaves reaches all later blocks."""
    summaries = _summaries(a, b, block)
    starts = _starts(summaries, 0.0)
    return summaries, starts, _fill(a, b, starts, block)


def h0_in_the_summary(a, b, h0, block):
    """Your first B already contains h0, so h0 is counted twice from the second block on. A summary says
    what a block does to any state: start every block from zero there."""
    summaries = _summaries(a, b, block)
    summaries[0] = (summaries[0][0], _walk(a[:block], b[:block], h0)[-1])
    starts = _starts(summaries, h0)
    return summaries, starts, _fill(a, b, starts, block)


def ends_for_starts(a, b, h0, block):
    """Your starts are the states at which the blocks end: everything is one block late. The first block
    starts from h0."""
    summaries = _summaries(a, b, block)
    ends = _walk(*zip(*summaries, strict=True), h0)
    return summaries, ends, _fill(a, b, ends, block)


def decays_not_restarted(a, b, h0, block):
    """Your A multiplies all decays from the very first step on. The A of a block has only the decays of
    that block: start again from 1."""
    summaries = _summaries(a, b, block)
    products = accumulate((A for A, _ in summaries), mul)
    summaries = [(A, B) for A, (_, B) in zip(products, summaries, strict=True)]
    starts = _starts(summaries, h0)
    return summaries, starts, _fill(a, b, starts, block)


def right_side_by_side(a, b, h0, block):
    """All blocks at once, one operation for a row of them; the last block is filled up with steps (1, 0)."""
    none = -len(b) % block
    steps = [*zip(a, b, strict=True), *[(1.0, 0.0)] * none]
    columns = [steps[j::block] for j in range(block)]  # of each block, the step j
    summaries = [(1.0, 0.0)] * len(columns[0])
    for column in columns:
        summaries = [(x * A, x * B + y) for (A, B), (x, y) in zip(summaries, column, strict=True)]
    starts = [h0]
    for A, B in summaries[:-1]:
        starts.append(A * starts[-1] + B)
    rows = [starts]
    for column in columns:
        rows.append([x * h + y for h, (x, y) in zip(rows[-1], column, strict=True)])
    h = [state for states in zip(*rows[1:], strict=True) for state in states]
    return summaries, starts, h[: len(b)]


def right_by_adding_the_carry(a, b, h0, block):
    """Fills in from zero, and adds the carried state times the product of the decays so far."""
    summaries = _summaries(a, b, block)
    starts = _starts(summaries, h0)
    local = _fill(a, b, [0.0] * len(starts), block)
    products = [p for u in _cut(a, block) for p in accumulate(u, mul)]
    return summaries, starts, [local[t] + products[t] * starts[t // block] for t in range(len(b))]
