# verdict: wrong
# what: Two errors: B is the plain sum of the block's inputs, and starts holds where each block ends.
# diagnosis: An input is decayed by the later steps of its block, and the first start is h0 itself.
# told: mistake inputs_summed
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    summaries = []
    i = 0
    while i < len(a):
        product = 1
        for x in a[i : i + block]:
            product *= x
        summaries.append((product, sum(b[i : i + block])))
        i += block
    starts = []
    carry = h0
    for A, B in summaries:
        carry = A * carry + B
        starts.append(carry)
    h = []
    s = h0
    for x, y in zip(a, b):
        s = x * s + y
        h.append(s)
    return summaries, starts, h
