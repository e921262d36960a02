# verdict: wrong
# what: Hands the end of each node down and undoes the steps with a division, which fails for a decay of zero and loses digits for small ones.
# diagnosis: A step with decay zero cannot be undone; hand down where a node starts, and go forward with the left child's pair.
# told: mistake ends_undone_by_division
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    levels = [list(zip(a, b))]
    while len(levels[-1]) > 1:
        c = levels[-1]
        levels.append(
            [
                (c[i][0] * c[i + 1][0], c[i + 1][0] * c[i][1] + c[i + 1][1])
                for i in range(0, len(c), 2)
            ]
        )
    A, B = levels[-1][0]
    ends = [A * h0 + B]
    rows = [[h0]]
    for level in levels[-2::-1]:
        new_ends = []
        for i, e in enumerate(ends):
            ra, rb = level[2 * i + 1]
            new_ends.append((e - rb) / ra)  # the left child ends before the right one acts
            new_ends.append(e)
        ends = new_ends
        rows.append([h0] + ends[:-1])
    return rows, ends
