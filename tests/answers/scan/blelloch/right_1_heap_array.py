# verdict: right
# what: Keeps the whole tree in one array like a binary heap, with node k having the children 2k and 2k + 1.
# diagnosis: none
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    T = len(a)
    pair = [None] * T + list(zip(a, b))
    for k in range(T - 1, 0, -1):
        (al, bl), (ar, br) = pair[2 * k], pair[2 * k + 1]
        pair[k] = (al * ar, ar * bl + br)

    start = [None] * (2 * T)
    start[1] = h0
    for k in range(1, T):
        start[2 * k] = start[k]
        start[2 * k + 1] = pair[2 * k][0] * start[k] + pair[2 * k][1]

    rows = []
    width = 1
    while width <= T:
        rows.append(start[width : 2 * width])
        width *= 2
    h = [pair[T + t][0] * start[T + t] + pair[T + t][1] for t in range(T)]
    return rows, h
