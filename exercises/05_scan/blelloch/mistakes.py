"""What goes wrong in the tree, and other ways to get it right."""


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
