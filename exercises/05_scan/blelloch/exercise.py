"""Blelloch's scan: up a tree of pairs, and down again with states."""


def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    """The states of h[t] = a[t] * h[t-1] + b[t], and what the nodes of the tree are handed on the way down.

    Args:
        a: the T decays, and T is a power of two.
        b: the T inputs.
        h0: the state before the first step.

    Returns:
        rows: rows of 1, 2, 4, ..., T numbers: the state from which each node starts.
        h: the T states after each step.
    """
    # BEGIN SOLUTION
    levels = [list(zip(a, b, strict=True))]
    while len(levels[-1]) > 1:
        below, parents = levels[-1], []
        for j in range(len(below) // 2):
            (a_left, b_left), (a_right, b_right) = below[2 * j], below[2 * j + 1]
            parents.append((a_right * a_left, a_right * b_left + b_right))
        levels.append(parents)

    rows = [[h0]]
    for level in reversed(levels[:-1]):
        row = []
        for j, start in enumerate(rows[-1]):
            a_left, b_left = level[2 * j]
            row += [start, a_left * start + b_left]
        rows.append(row)
    return rows, [a_t * before + b_t for a_t, b_t, before in zip(a, b, rows[-1], strict=True)]
    # END SOLUTION
