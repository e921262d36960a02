# verdict: wrong
# what: Summaries and starts are right, but only block 0 is filled in from its start; all the other blocks are filled in from zero.
# diagnosis: You found the starts and then did not use them: every block, not just the first, must walk from the state it starts from.
# told: mistake only_first_block_filled
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    summaries = []
    local = []
    for lo in range(0, len(b), block):
        A, B = 1, 0
        walk = []
        for x, y in zip(a[lo : lo + block], b[lo : lo + block]):
            A *= x
            B = x * B + y
            walk.append(B)
        summaries.append((A, B))
        local.append(walk)

    starts = []
    for k in range(len(summaries)):
        if k == 0:
            starts.append(h0)
        else:
            A, B = summaries[k - 1]
            starts.append(A * starts[k - 1] + B)

    h = []
    for k, walk in enumerate(local):
        if k == 0:
            state = h0
            for x, y in zip(a[:block], b[:block]):
                state = x * state + y
                h.append(state)
        else:
            h += walk
    return summaries, starts, h
