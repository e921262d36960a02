# verdict: wrong
# what: Right results, but the blocks are cut off with del from the lists that were handed in, so a and b are empty afterwards.
# diagnosis: The caller's lists must not be changed: take slices or indices instead of deleting from a and b.
# told: in place
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    pieces = []
    while a:
        pieces.append(list(zip(a[:block], b[:block])))
        del a[:block]
        del b[:block]
    summaries = []
    for piece in pieces:
        A, B = 1, 0
        for x, y in piece:
            A, B = x * A, x * B + y
        summaries.append((A, B))
    starts = []
    s = h0
    for A, B in summaries:
        starts.append(s)
        s = A * s + B
    h = []
    for s, piece in zip(starts, pieces):
        for x, y in piece:
            s = x * s + y
            h.append(s)
    return summaries, starts, h
