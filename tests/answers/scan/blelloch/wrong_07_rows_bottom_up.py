# verdict: wrong
# what: Everything is computed rightly, but the rows are returned from the leaves to the root.
# diagnosis: Right numbers in the wrong order: rows[0] is the root's [h0] and rows[-1] the states before each step.
# told: mistake rows_bottom_up
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    level = list(zip(a, b))
    stack = []
    while len(level) > 1:
        stack.append(level)
        level = [
            (level[i][0] * level[i + 1][0], level[i + 1][0] * level[i][1] + level[i + 1][1])
            for i in range(0, len(level), 2)
        ]
    current = [h0]
    rows = [current]
    while stack:
        below = stack.pop()
        current = [
            s if k == 0 else below[2 * i][0] * s + below[2 * i][1]
            for i, s in enumerate(current)
            for k in (0, 1)
        ]
        rows.insert(0, current)
    return rows, [a[t] * rows[0][t] + b[t] for t in range(len(a))]
