# verdict: wrong
# what: On the way down the right child is handed its own pair applied to the state, instead of the left child's pair.
# diagnosis: The right child starts where the left child ends, so it is the left child's pair that you must apply.
# told: mistake pair_of_the_wrong_child
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    levels = [list(zip(a, b))]
    while len(levels[-1]) > 1:
        prev = levels[-1]
        levels.append(
            [
                (prev[i][0] * prev[i + 1][0], prev[i + 1][0] * prev[i][1] + prev[i + 1][1])
                for i in range(0, len(prev), 2)
            ]
        )
    rows = [[h0]]
    for level in reversed(levels[:-1]):
        row = []
        for i, s in enumerate(rows[-1]):
            right_a, right_b = level[2 * i + 1]
            row.append(s)
            row.append(right_a * s + right_b)
        rows.append(row)
    h = [x * s + y for x, y, s in zip(a, b, rows[-1])]
    return rows, h
