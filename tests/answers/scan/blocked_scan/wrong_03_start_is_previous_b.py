# verdict: wrong
# what: Takes the B of the block before as the state from which the next block starts.
# diagnosis: B is where that block ends when it starts from zero; it started from s, so it ends at A * s + B.
# told: mistake carry_not_chained
from math import prod


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    T = len(b)
    summaries = []
    for lo in range(0, T, block):
        hi = min(T, lo + block)
        zero_run = 0
        for t in range(lo, hi):
            zero_run = zero_run * a[t] + b[t]
        summaries.append((prod(a[lo:hi]), zero_run))
    starts = ([h0] + [B for A, B in summaries])[: len(summaries)]
    h = []
    for k, s in enumerate(starts):
        for t in range(k * block, min(T, (k + 1) * block)):
            s = s * a[t] + b[t]
            h.append(s)
    return summaries, starts, h
