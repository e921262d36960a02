# verdict: wrong
# what: On the way up neighbours are joined with the right one as the earlier step.
# diagnosis: The left neighbour comes earlier in time, so its b is multiplied by the right neighbour's a.
# told: mistake order_reversed
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    up = [[(x, y) for x, y in zip(a, b)]]
    while len(up[-1]) != 1:
        nodes = iter(up[-1])
        up.append([(al * ar, al * br + bl) for (al, bl), (ar, br) in zip(nodes, nodes)])
    up.pop()
    down = [[h0]]
    while up:
        pairs = up.pop()
        down.append([])
        for k, start in enumerate(down[-2]):
            down[-1].extend((start, pairs[2 * k][0] * start + pairs[2 * k][1]))
    h = []
    for t in range(len(b)):
        h.append(a[t] * down[-1][t] + b[t])
    return down, h
