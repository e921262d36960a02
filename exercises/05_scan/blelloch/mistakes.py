"""What goes wrong in the tree, and other ways to get it right."""

from ctypes import c_float
from math import exp, inf, log, nan


def _join(p, q):
    return q[0] * p[0], q[0] * p[1] + q[1]


def _children(start, left, right):
    return [start, left[0] * start + left[1]]


def _tree(a, b, h0, join=_join, children=_children, root=None):
    """Up with `join`, down with `children`; root: what the root is handed instead of h0."""
    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([join(below[i], below[i + 1]) for i in range(0, len(below), 2)])
    rows = [[h0 if root is None else root(levels[-1][0])]]
    for level in reversed(levels[:-1]):
        starts = enumerate(rows[-1])
        rows.append([x for j, start in starts for x in children(start, level[2 * j], level[2 * j + 1])])
    return rows, [a_t * h + b_t for a_t, b_t, h in zip(a, b, rows[-1], strict=True)]


def root_not_replaced(a, b, h0):
    """You hand down what the root found on the way up. That is the end of the whole sequence. Replace it
    before you go down: the root's part starts where everything starts, at h0."""
    return _tree(a, b, h0, root=lambda pair: pair[1])


def left_and_right_swapped(a, b, h0):
    """On the way down you hand the two numbers to the wrong children. The left child starts where its
    parent starts; the right one starts later."""
    return _tree(a, b, h0, children=lambda start, left, right: _children(start, left, right)[::-1])


def pair_of_the_wrong_child(a, b, h0):
    """Your right child starts from where its own pair would end. It starts where its left neighbour ends,
    so ask the left child's pair."""
    return _tree(a, b, h0, children=lambda start, left, right: [start, right[0] * start + right[1]])


def order_reversed(a, b, h0):
    """On the way up you join the two children in the wrong order. The left child is the earlier one: its b
    is multiplied by the decay of the right child."""
    return _tree(a, b, h0, join=lambda p, q: _join(q, p))


def sums_instead_of_steps(a, b, h0):
    """On the way down you add the left child's b to the start. That is right for sums, where every decay is
    one; here the left child first multiplies the start by its a."""
    return _tree(a, b, h0, children=lambda start, left, right: [start, start + left[1]])


def exclusive_scan(a, b, h0):
    """Your rows are right, but h is the last row itself: the states before each step. One step is still
    missing for every t."""
    rows, _ = _tree(a, b, h0)
    return rows, rows[-1]


def h0_forgotten(a, b, h0):
    """You hand a zero to the root, as in the textbook version for sums. Here the sequence starts from h0."""
    return _tree(a, b, h0, root=lambda pair: 0.0)


def nodes_joined_across_the_halves(a, b, h0):
    """On the way up you join the first half of a row with the second half. A node must stand for one
    uninterrupted run of steps: join neighbours, 0 with 1, 2 with 3."""
    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below, half = levels[-1], len(levels[-1]) // 2
        levels.append([_join(below[i], below[i + half]) for i in range(half)])
    rows = [[h0]]
    for level in reversed(levels[:-1]):
        starts = enumerate(rows[-1])
        rows.append([x for j, start in starts for x in _children(start, level[2 * j], level[2 * j + 1])])
    return rows, [a_t * h + b_t for a_t, b_t, h in zip(a, b, rows[-1], strict=True)]


def root_gets_the_end(a, b, h0):
    """You hand the root the state after the whole sequence. A node is handed the state from which its part
    starts, and the root's part starts at h0."""
    return _tree(a, b, h0, root=lambda pair: pair[0] * h0 + pair[1])


def h0_added_later(a, b, h0):
    """You hand a zero to the root and add h0 to the numbers afterwards. What h0 leaves behind is
    multiplied by every decay on its way; hand h0 to the root, and the tree does that for you."""
    rows, h = _tree(a, b, h0, root=lambda pair: 0.0)
    return [[x + h0 for x in row] for row in rows], [x + h0 for x in h]


def halves_joined_both_ways(a, b, h0):
    """You join the first half of a row with the second half. A node must stand for one uninterrupted run of
    steps: join neighbours, 0 with 1, 2 with 3, and let node j hand its number to the nodes 2j and 2j + 1."""
    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below, half = levels[-1], len(levels[-1]) // 2
        levels.append([_join(below[i], below[i + half]) for i in range(half)])
    rows = [[h0]]
    for level in reversed(levels[:-1]):
        last = rows[-1]
        rows.append([*last, *(level[j][0] * x + level[j][1] for j, x in enumerate(last))])
    return rows, [a_t * h + b_t for a_t, b_t, h in zip(a, b, rows[-1], strict=True)]


def rows_bottom_up(a, b, h0):
    """Your numbers are right, but the rows come from the leaves to the root. rows[0] is the root's [h0], and
    rows[-1] the states before each step."""
    rows, h = _tree(a, b, h0)
    return rows[::-1], h


def root_row_missing(a, b, h0):
    """The row of the root is missing. rows[0] is [h0], what the root is handed."""
    rows, h = _tree(a, b, h0)
    return rows[1:], h


def leaf_row_missing(a, b, h0):
    """The last row is missing. The leaves are handed a number each, too: the states before each step."""
    rows, h = _tree(a, b, h0)
    return rows[:-1], h


def two_rows_for_one_step(a, b, h0):
    """For T = 1 you return the same row twice. The root is the only leaf then, so there is one row,
    [[h0]]."""
    rows, h = _tree(a, b, h0)
    return (rows * 2 if len(b) == 1 else rows), h


def one_step_left_out(a, b, h0):
    """For T = 1 you return no row or no state. The root is the only leaf then: rows is [[h0]], and h
    holds the state after the one step."""
    return _tree(a, b, h0) if len(b) > 1 else ([[h0]], [])


def parts_swapped(a, b, h0):
    """You return (h, rows); the rows of the way down come first, then h."""
    return _tree(a, b, h0)[::-1]


def last_state_missing(a, b, h0):
    """Your h lacks the last state. The last row holds the states before each step, and the state after the
    last step is in no row: take that step, too."""
    rows, _ = _tree(a, b, h0)
    return rows, rows[-1][1:]


def last_state_without_h0(a, b, h0):
    """Your last state is the b of the root. That is where the sequence ends when it starts from zero; from h0
    it ends at the root's a times h0, plus b."""
    rows, h = _tree(a, b, h0)
    return rows, [*h[:-1], _tree(a, b, 0.0)[1][-1]]


def inputs_just_added(a, b, h0):
    """On the way up you add the b of the two children. The right child's decay multiplies what the left one
    brings."""
    return _tree(a, b, h0, join=lambda p, q: (p[0] * q[0], p[1] + q[1]))


def decay_of_the_right_child(a, b, h0):
    """On the way up a parent keeps the decay of its right child alone. It stands for both, so its decay
    is the product of the two."""
    return _tree(a, b, h0, join=lambda p, q: (q[0], q[0] * p[1] + q[1]))


def decay_of_the_left_child(a, b, h0):
    """On the way up a parent keeps the decay of its left child alone. It stands for both, so its decay is the
    product of the two."""
    return _tree(a, b, h0, join=lambda p, q: (p[0], q[0] * p[1] + q[1]))


def decays_added(a, b, h0):
    """On the way up you add the decays. Halving and then halving again leaves a quarter: decays multiply."""
    return _tree(a, b, h0, join=lambda p, q: (p[0] + q[0], q[0] * p[1] + q[1]))


def both_inputs_decayed(a, b, h0):
    """On the way up you multiply both inputs by the right child's decay. A step multiplies what was there
    before; its own input is added after that."""
    return _tree(a, b, h0, join=lambda p, q: (p[0] * q[0], q[0] * (p[1] + q[1])))


def input_left_out_on_the_way_down(a, b, h0):
    """On the way down the right child gets the start times the left child's a. The left child also adds its b
    before it ends."""
    return _tree(a, b, h0, children=lambda start, left, right: [start, left[0] * start])


def left_b_handed_down(a, b, h0):
    """On the way down the right child gets the left child's b. That is where the left child ends when it
    starts from zero; it starts from what its parent was handed."""
    return _tree(a, b, h0, children=lambda start, left, right: [start, left[1]])


def both_children_alike(a, b, h0):
    """On the way down both children get the number of their parent. That is right for the left child; the
    right one starts where the left one ends."""
    return _tree(a, b, h0, children=lambda start, left, right: [start, start])


def every_right_child_from_h0(a, b, h0):
    """On the way down you apply the left child's pair to h0 in every node. The left child starts from
    what its own parent was handed."""
    return _tree(a, b, h0, children=lambda start, left, right: [start, left[0] * h0 + left[1]])


def ends_handed_down(a, b, h0):
    """On the way down each node is handed the state at which its own part ends. The left child starts where
    its parent starts, and the right one where the left one ends."""

    def children(start, left, right):
        middle = left[0] * start + left[1]
        return [middle, right[0] * middle + right[1]]

    return _tree(a, b, h0, children=children)


def pair_of_node_j(a, b, h0):
    """On the way down node j takes the pair of node j in the row below. Its left child is node 2j there."""
    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([_join(below[i], below[i + 1]) for i in range(0, len(below), 2)])
    rows = [[h0]]
    for level in reversed(levels[:-1]):
        starts = enumerate(rows[-1])
        rows.append([x for j, start in starts for x in _children(start, level[j], None)])
    return rows, [a_t * h + b_t for a_t, b_t, h in zip(a, b, rows[-1], strict=True)]


def rows_of_the_way_up(a, b, h0):
    """Your rows hold the b of the pairs, from the way up. On the way down each node is handed one number:
    the state from which its part starts. That is what the rows should hold."""
    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([_join(below[i], below[i + 1]) for i in range(0, len(below), 2)])
    return [[pair[1] for pair in level] for level in reversed(levels)], _tree(a, b, h0)[1]


def last_step_without_its_input(a, b, h0):
    """Your rows are right, but your h is the state before each step times a. The step also adds its b."""
    rows, _ = _tree(a, b, h0)
    return rows, [a_t * h for a_t, h in zip(a, rows[-1], strict=True)]


def last_step_with_the_input_alone(a, b, h0):
    """Your rows are right, but your h adds b to the state before each step without multiplying it by a."""
    rows, _ = _tree(a, b, h0)
    return rows, [h + b_t for b_t, h in zip(b, rows[-1], strict=True)]


def zero_decay_taken_as_one(a, b, h0):
    """You treat a decay of zero as if it were one. A step with a decay of zero forgets what was before
    it; the same formulas hold for it."""
    return _tree([x or 1.0 for x in a], b, h0)


def logarithms_added(a, b, h0):
    """You multiply the decays by adding their logarithms. A decay that is zero or negative has no
    logarithm."""

    def product(*decays):
        return exp(sum(map(log, decays))) if min(decays) > 0 else nan

    return _tree(a, b, h0, join=lambda p, q: (product(p[0], q[0]), q[0] * p[1] + q[1]))


def ends_undone_by_division(a, b, h0):
    """You go from the end of a node back to where it starts, by a division. A decay of zero cannot be undone,
    and a tiny one leaves no digits. Hand down the starts, and go forward with the left child's pair."""

    def divided(x, y):
        return x / y if y else nan if x == 0 or x != x else inf

    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([_join(below[i], below[i + 1]) for i in range(0, len(below), 2)])
    ends, rows = [levels[-1][0][0] * h0 + levels[-1][0][1]], [[h0]]
    for level in reversed(levels[:-1]):
        pairs = zip(ends, level[1::2], strict=True)
        ends = [x for end, right in pairs for x in (divided(end - right[1], right[0]), end)]
        rows.append([h0, *ends[:-1]])
    return rows, ends


def single_precision(a, b, h0):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond
    3e38. Use the numbers of Python, or arrays of float64."""

    def narrow(x):
        return c_float(x).value

    rows, h = _tree([narrow(x) for x in a], [narrow(x) for x in b], narrow(h0))
    return [[narrow(x) for x in row] for row in rows], [narrow(x) for x in h]


def right_by_recursion(a, b, h0):
    """One level up, the tree above, one level down."""
    rows = [[h0]]
    if len(b) > 1:
        left, right = list(zip(a[::2], b[::2], strict=True)), list(zip(a[1::2], b[1::2], strict=True))
        parents = [_join(p, q) for p, q in zip(left, right, strict=True)]
        rows, _ = right_by_recursion([p[0] for p in parents], [p[1] for p in parents], h0)
        rows.append([h for s, pair in zip(rows[-1], left, strict=True) for h in _children(s, pair, None)])
    return rows, [a_t * h + b_t for a_t, b_t, h in zip(a, b, rows[-1], strict=True)]


def right_in_place(a, b, h0):
    """The textbook's one list for the whole tree: a node lives at the place of its last leaf."""
    time, a_up, b_up = len(b), list(a), list(b)
    d = 1
    while d < time:
        for right in range(2 * d - 1, time, 2 * d):
            left = right - d
            b_up[right] = a_up[right] * b_up[left] + b_up[right]
            a_up[right] = a_up[right] * a_up[left]
        d *= 2
    state = [*b_up[:-1], h0]
    rows = [[h0]]
    while d > 1:
        d //= 2
        for right in range(2 * d - 1, time, 2 * d):
            left = right - d
            state[left], state[right] = state[right], a_up[left] * state[right] + b_up[left]
        rows.append([state[i] for i in range(d - 1, time, d)])
    return rows, [a[t] * state[t] + b[t] for t in range(time)]
