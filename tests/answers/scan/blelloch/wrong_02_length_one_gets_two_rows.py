# verdict: wrong
# what: Appends the row of the leaves apart from the row of the root, so for T = 1, where root and leaf are the same node, that row comes twice.
# diagnosis: With T = 1 the root is the leaf and there is just one row, [[h0]]; try your function on a single step.
# told: mistake two_rows_for_one_step
def _up(pairs):
    return [
        (l[0] * r[0], r[0] * l[1] + r[1]) for l, r in zip(pairs[0::2], pairs[1::2])
    ]


def _down(starts, pairs):
    children = []
    for s, (x, y) in zip(starts, pairs[0::2]):
        children += [s, x * s + y]
    return children


def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    leaves = list(zip(a, b))
    inner = []
    level = leaves
    while len(level) > 2:
        level = _up(level)
        inner.append(level)
    root = [h0]
    rows = [root]
    for level in reversed(inner):
        rows.append(_down(rows[-1], level))
    before = _down(rows[-1], leaves) if len(leaves) > 1 else list(root)
    rows.append(before)
    h = [x * s + y for (x, y), s in zip(leaves, before)]
    return rows, h
