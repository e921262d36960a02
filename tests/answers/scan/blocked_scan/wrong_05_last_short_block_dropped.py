# verdict: wrong
# what: Makes only T // block blocks, so the steps of a shorter last block are lost.
# diagnosis: When T is no multiple of the block the last, shorter block counts too: round the number of blocks up.
# told: mistake last_block_dropped
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    n = len(a) // block
    summaries = []
    for k in range(n):
        A, B = 1.0, 0.0
        for t in range(k * block, (k + 1) * block):
            A, B = a[t] * A, a[t] * B + b[t]
        summaries.append((A, B))
    starts = []
    s = h0
    for A, B in summaries:
        starts.append(s)
        s = A * s + B
    h = []
    for k in range(n):
        s = starts[k]
        for t in range(k * block, (k + 1) * block):
            s = a[t] * s + b[t]
            h.append(s)
    return summaries, starts, h
