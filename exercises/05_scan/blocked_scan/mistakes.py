"""What goes wrong between blocks, and other ways to get it right."""

from ctypes import c_float
from itertools import accumulate
from math import inf, nan, prod
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


def _right(a, b, h0, block):
    summaries = _summaries(a, b, block)
    starts = _starts(summaries, h0)
    return summaries, starts, _fill(a, b, starts, block)


def _with(summaries, a, b, h0, block):
    """What follows from these summaries."""
    starts = _starts(summaries, h0)
    return summaries, starts, _fill(a, b, starts, block)


def ends_in_the_summaries(a, b, h0, block):
    """Your B is the state at which the block really ends. A summary must not know where its block starts,
    or no block could be summarised before the one before it is done: walk from zero."""
    summaries, starts, h = _right(a, b, h0, block)
    ends = [states[-1] for states in _cut(h, block)]
    return [(A, end) for (A, _), end in zip(summaries, ends, strict=True)], starts, h


def ends_carried_on(a, b, h0, block):
    """Your B is where the block ends when it starts from where the block before ended, so what comes in is
    counted twice in the carry. For its summary each block starts from zero."""
    summaries = _summaries(a, b, block)
    ends = [states[-1] for states in _cut(_walk(a, b, h0), block)]
    return _with([(A, end) for (A, _), end in zip(summaries, ends, strict=True)], a, b, h0, block)


def zero_only_for_the_first_block(a, b, h0, block):
    """Your B goes on from the B of the block before. For its summary each block starts from zero, not
    only the first one."""
    summaries = _summaries(a, b, block)
    ends = [states[-1] for states in _cut(_walk(a, b, 0.0), block)]
    return _with([(A, end) for (A, _), end in zip(summaries, ends, strict=True)], a, b, h0, block)


def carry_without_decay(a, b, h0, block):
    """Your carry adds B to the state and forgets A: a block that starts from s ends at A * s + B."""
    summaries = _summaries(a, b, block)
    starts = list(accumulate((B for _, B in summaries[:-1]), initial=h0))
    return summaries, starts, _fill(a, b, starts, block)


def carry_without_inputs(a, b, h0, block):
    """Your carry multiplies the state by A and forgets B: a block that starts from s ends at A * s + B."""
    summaries = _summaries(a, b, block)
    starts = list(accumulate((A for A, _ in summaries[:-1]), mul, initial=h0))
    return summaries, starts, _fill(a, b, starts, block)


def carry_with_the_next_block(a, b, h0, block):
    """Your carry into a block uses the summary of that block itself. The state from which it starts comes
    out of the block before."""
    summaries = _summaries(a, b, block)
    starts = [h0, *_walk(*zip(*summaries, strict=True), h0)[:-1]]
    for k in range(1, len(starts)):
        starts[k] = summaries[k][0] * starts[k - 1] + summaries[k][1]
    return summaries, starts, _fill(a, b, starts, block)


def carry_always_from_h0(a, b, h0, block):
    """Your start of each block is what the block before makes of h0. It makes something of the state from
    which it starts itself, and only the first block starts from h0."""
    summaries = _summaries(a, b, block)
    starts = [h0, *(A * h0 + B for A, B in summaries[:-1])]
    return summaries, starts, _fill(a, b, starts, block)


def every_block_from_h0(a, b, h0, block):
    """All your blocks start from h0. Only the first one does; each other block starts where the one before it
    ends."""
    summaries = _summaries(a, b, block)
    starts = [h0] * len(summaries)
    return summaries, starts, _fill(a, b, starts, block)


def only_first_block_filled(a, b, h0, block):
    """Your summaries and starts are right, but only the first block is filled in from its start; the
    others are filled in from zero. Every block walks from the state it starts from."""
    summaries, starts, _ = _right(a, b, h0, block)
    return summaries, starts, _fill(a, b, [h0, *[0.0] * (len(starts) - 1)], block)


def filled_from_the_end(a, b, h0, block):
    """Your summaries and starts are right, but each block is filled in from the start of the next block."""
    summaries, starts, h = _right(a, b, h0, block)
    return summaries, starts, _fill(a, b, [*starts[1:], h[-1]], block)


def decay_as_a_power(a, b, h0, block):
    """Your A is one decay to the power of the number of steps. That is right only if all decays are the
    same: A is the product of the decays in the block."""
    summaries = [
        (u[0] ** len(u), B) for u, (_, B) in zip(_cut(a, block), _summaries(a, b, block), strict=True)
    ]
    return _with(summaries, a, b, h0, block)


def product_from_zero(a, b, h0, block):
    """Your A is always zero. A product starts from one: zero times anything stays zero."""
    return _with([(0.0, B) for _, B in _summaries(a, b, block)], a, b, h0, block)


def product_applied_in_the_summary(a, b, h0, block):
    """Within a block you multiply what has come together so far by the product A. Each step multiplies it
    by its own decay alone."""
    summaries = []
    for u, v in zip(_cut(a, block), _cut(b, block), strict=True):
        A, B = 1.0, 0.0
        for x, y in zip(u, v, strict=True):
            A, B = x * A, x * A * B + y
        summaries.append((A, B))
    return _with(summaries, a, b, h0, block)


def old_product_applied_in_the_summary(a, b, h0, block):
    """Within a block you multiply what has come together so far by the product A of the steps before.
    Each step multiplies it by its own decay."""
    summaries = []
    for u, v in zip(_cut(a, block), _cut(b, block), strict=True):
        A, B = 1.0, 0.0
        for x, y in zip(u, v, strict=True):
            A, B = x * A, A * B + y
        summaries.append((A, B))
    return _with(summaries, a, b, h0, block)


def zero_decay_taken_as_one(a, b, h0, block):
    """You treat a decay of zero as if it were one. A step with a decay of zero forgets what was before
    it; the same formulas hold for it."""
    return _right([x or 1.0 for x in a], b, h0, block)


def inputs_in_place_of_states(a, b, h0, block):
    """Your summaries and starts are right, but h adds the carried state to the inputs of each block.
    Within a block every step starts from the state before it."""
    summaries, starts, _ = _right(a, b, h0, block)
    return summaries, starts, [a[t] * starts[t // block] + b[t] for t in range(len(b))]


def decays_added(a, b, h0, block):
    """Your A is the sum of the decays. Halving and then halving again leaves a quarter: decays multiply."""
    summaries = [(sum(u), B) for u, (_, B) in zip(_cut(a, block), _summaries(a, b, block), strict=True)]
    return _with(summaries, a, b, h0, block)


def first_decay_left_out(a, b, h0, block):
    """Your A leaves out the first decay of the block. The state from which the block starts is multiplied
    by that one, too."""
    pairs = zip(_cut(a, block), _summaries(a, b, block), strict=True)
    return _with([(prod(u[1:]), B) for u, (_, B) in pairs], a, b, h0, block)


def inputs_summed(a, b, h0, block):
    """Your B is the sum of the inputs in the block. Each input is multiplied by all later decays of the
    block: B is where the block ends when it starts from zero."""
    pairs = zip(_cut(b, block), _summaries(a, b, block), strict=True)
    return _with([(A, sum(v)) for v, (A, _) in pairs], a, b, h0, block)


def last_input_alone(a, b, h0, block):
    """Your B is the last input of the block. The earlier inputs of the block are still in the state, too:
    B is where the block ends when it starts from zero."""
    pairs = zip(_cut(b, block), _summaries(a, b, block), strict=True)
    return _with([(A, v[-1]) for v, (A, _) in pairs], a, b, h0, block)


def block_walked_backwards(a, b, h0, block):
    """You join the steps of a block in the wrong order, so that the last step acts first. The earlier
    step comes first: its input is multiplied by the later decays."""
    blocks = zip(_cut(a, block), _cut(b, block), strict=True)
    summaries = [(prod(u), _walk(u[::-1], v[::-1], 0.0)[-1]) for u, v in blocks]
    return _with(summaries, a, b, h0, block)


def summary_from_one(a, b, h0, block):
    """Your B is where the block ends when it starts from 1. That is A + B; start from zero."""
    return _with([(A, A + B) for A, B in _summaries(a, b, block)], a, b, h0, block)


def pairs_reversed(a, b, h0, block):
    """Your summaries are right, but each is (B, A). A pair here is (A, B): the decay first."""
    summaries, starts, h = _right(a, b, h0, block)
    return [(B, A) for A, B in summaries], starts, h


def last_block_dropped(a, b, h0, block):
    """Your last steps are lost when T is no multiple of `block`. The shorter last block counts, too:
    round the number of blocks up."""
    whole = len(b) // block
    summaries, starts, h = _right(a, b, h0, block)
    return summaries[:whole], starts[:whole], h[: whole * block]


def last_block_longer(a, b, h0, block):
    """When T is no multiple of `block` your last block takes in the rest and becomes longer. No block is
    longer than `block`: the rest is a shorter block of its own."""
    whole = max(1, len(b) // block)
    cuts = [*range(0, whole * block, block)][:whole]
    ends = [*cuts[1:], len(b)]
    pieces = [(a[i:j], b[i:j]) for i, j in zip(cuts, ends, strict=True)]
    summaries = [(prod(u), _walk(u, v, 0.0)[-1]) for u, v in pieces]
    return summaries, _starts(summaries, h0), _walk(a, b, h0)


def block_as_the_number_of_blocks(a, b, h0, block):
    """You cut the sequence into `block` blocks. `block` says how many steps a block has."""
    return _right(a, b, h0, -(-len(b) // block))


def padded_with_zeros(a, b, h0, block):
    """You fill up the shorter last block with steps (0, 0), and such a step forgets everything. A step
    that changes nothing is (1, 0)."""
    summaries, starts, h = _right(a, b, h0, block)
    return [*summaries[:-1], (0.0, 0.0)] if len(b) % block else summaries, starts, h


def padded_decays_of_zero_in_a_alone(a, b, h0, block):
    """Your A of the shorter last block is zero: it was filled up with decays of zero. A step that changes
    nothing is (1, 0)."""
    summaries, starts, h = _right(a, b, h0, block)
    return [*summaries[:-1], (0.0, summaries[-1][1])] if len(b) % block else summaries, starts, h


def one_start_too_many(a, b, h0, block):
    """Your starts have one entry too many: where the last block ends is no start of a block."""
    summaries, starts, h = _right(a, b, h0, block)
    return summaries, [*starts, h[-1]], h


def first_start_missing(a, b, h0, block):
    """Your starts leave out that of the first block. It starts from h0."""
    summaries, starts, h = _right(a, b, h0, block)
    return summaries, starts[1:], h


def h0_among_the_states(a, b, h0, block):
    """Your h begins with h0. h holds the T states after the steps; h0 is the state before the first one."""
    summaries, starts, h = _right(a, b, h0, block)
    return summaries, starts, [h0, *h]


def states_in_blocks(a, b, h0, block):
    """Your h is a list of blocks. It should be one list of T numbers."""
    summaries, starts, h = _right(a, b, h0, block)
    return summaries, starts, _cut(h, block)


def last_summary_left_out(a, b, h0, block):
    """You summarise all blocks but the last. The carry does not need that one, but a pair is asked for each
    block."""
    summaries, starts, h = _right(a, b, h0, block)
    return summaries[:-1], starts, h


def summary_by_subtraction(a, b, h0, block):
    """You get B back as the end of the block minus A times its start. If the state is huge, both are the
    same number up to rounding, and B is lost in the difference. Walk through the block from zero."""
    summaries, starts, h = _right(a, b, h0, block)
    ends = [states[-1] for states in _cut(h, block)]
    lost = [(A, end - A * start) for (A, _), start, end in zip(summaries, starts, ends, strict=True)]
    return lost, starts, h


def decay_by_subtraction(a, b, h0, block):
    """You get A by subtracting where the block ends from 0 and from 1. If an input is huge, both are the
    same number up to rounding, and A is lost in the difference. Multiply the decays."""
    blocks = zip(_cut(a, block), _cut(b, block), strict=True)
    summaries = [(_walk(u, v, 1.0)[-1] - _walk(u, v, 0.0)[-1], _walk(u, v, 0.0)[-1]) for u, v in blocks]
    return _with(summaries, a, b, h0, block)


def products_divided(a, b, h0, block):
    """You get A by dividing the product of all decays up to the end of the block by that up to its begin.
    One decay of zero makes both zero. Start the product of each block from 1."""

    def divided(x, y):
        return x / y if y else nan if x == 0 or x != x else inf

    summaries, starts, h = _right(a, b, h0, block)
    ends = [1.0, *(products[-1] for products in _cut(list(accumulate(a, mul)), block))]
    quotients = [divided(x, y) for x, y in zip(ends[1:], ends, strict=False)]
    return [(A, B) for A, (_, B) in zip(quotients, summaries, strict=True)], starts, h


def single_precision(a, b, h0, block):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond
    3e38. Use the numbers of Python, or arrays of float64."""

    def narrow(x):
        return c_float(x).value

    summaries, starts, h = _right([narrow(x) for x in a], [narrow(x) for x in b], narrow(h0), block)
    narrowed = [(narrow(A), narrow(B)) for A, B in summaries]
    return narrowed, [narrow(x) for x in starts], [narrow(x) for x in h]


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
