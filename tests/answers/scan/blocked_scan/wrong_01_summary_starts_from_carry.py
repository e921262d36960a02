# verdict: wrong
# what: Computes each block's B from the state that the block really starts from instead of from zero.
# diagnosis: B must not know where the block starts: let every block run from zero, or the summaries cannot be made at the same time.
# told: mistake ends_in_the_summaries
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    summaries, starts, h = [], [], []
    state = h0
    for lo in range(0, len(b), block):
        starts.append(state)
        A = 1
        for t in range(lo, min(lo + block, len(b))):
            A *= a[t]
            state = a[t] * state + b[t]
            h.append(state)
        summaries.append((A, state))
    return summaries, starts, h
