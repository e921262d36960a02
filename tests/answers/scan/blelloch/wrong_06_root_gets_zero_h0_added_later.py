# verdict: wrong
# what: Hands zero to the root, as the textbook scan does, and adds h0 to every state at the end without its decays.
# diagnosis: h0 is decayed by every step it passes; hand it to the root and the tree does that for you.
# told: mistake h0_added_later
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    levels = [list(zip(a, b))]
    while len(levels[-1]) > 1:
        lv = levels[-1]
        levels.append([(p[0] * q[0], q[0] * p[1] + q[1]) for p, q in zip(lv[::2], lv[1::2])])
    rows = [[0]]  # identity at the root
    for lv in levels[-2::-1]:
        row = []
        for s, (x, y) in zip(rows[-1], lv[::2]):
            row.append(s)
            row.append(x * s + y)
        rows.append(row)
    h = [x * s + y + h0 for (x, y), s in zip(levels[0], rows[-1])]
    rows = [[s + h0 for s in row] for row in rows]
    return rows, h
