# verdict: wrong
# what: The carry adds the block's B to the state and forgets to multiply the state by the block's A.
# diagnosis: A block turns s into A * s + B; you carried s + B, so the old state does not decay.
# told: mistake carry_without_decay
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    def run(lo, s):
        out = []
        for x, y in zip(a[lo : lo + block], b[lo : lo + block]):
            s = x * s + y
            out.append(s)
        return out

    cuts = range(0, len(a), block)
    summaries = []
    for lo in cuts:
        A = 1
        for x in a[lo : lo + block]:
            A = A * x
        summaries.append((A, run(lo, 0)[-1]))
    starts = []
    s = h0
    for _, B in summaries:
        starts.append(s)
        s = s + B
    h = []
    for lo, s in zip(cuts, starts):
        h.extend(run(lo, s))
    return summaries, starts, h
