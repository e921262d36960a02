# verdict: wrong
# what: Returns the states before each step as h and forgets the one more step at the leaves.
# diagnosis: The last row of the way down is the state before each step; one more step, with the leaf's own pair, gives h[t].
# told: mistake exclusive_scan
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    def up(level):
        if len(level) == 1:
            return [level]
        parents = []
        for i in range(len(level) // 2):
            (a0, b0), (a1, b1) = level[2 * i], level[2 * i + 1]
            parents.append((a0 * a1, a1 * b0 + b1))
        return up(parents) + [level]

    rows = [[h0]]
    for level in up(list(zip(a, b)))[1:]:
        row = []
        for i, s in enumerate(rows[-1]):
            x, y = level[2 * i]
            row += [s, x * s + y]
        rows.append(row)
    return rows, list(rows[-1])
