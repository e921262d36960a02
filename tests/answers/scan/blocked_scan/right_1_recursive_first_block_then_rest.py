# verdict: right
# what: Handles the first block and calls itself for the rest of the lists with the carried state.
# diagnosis: none
def _pair(xs, ys):
    """The steps xs, ys as one step, by halving."""
    if len(xs) == 1:
        return xs[0], ys[0]
    m = len(xs) // 2
    a0, b0 = _pair(xs[:m], ys[:m])
    a1, b1 = _pair(xs[m:], ys[m:])
    return a1 * a0, a1 * b0 + b1


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    def fill(lo, hi, s):
        if lo == hi:
            return []
        out = [a[lo] * s + b[lo]]
        for t in range(lo + 1, hi):
            out.append(a[t] * out[-1] + b[t])
        return out

    def go(blocks, s):
        # halve the list of blocks so that the recursion stays shallow
        if len(blocks) == 0:
            return [], [], [], s
        if len(blocks) == 1:
            lo, hi = blocks[0]
            A, B = _pair(a[lo:hi], b[lo:hi])
            return [(A, B)], [s], fill(lo, hi, s), A * s + B
        m = len(blocks) // 2
        p1, s1, h1, s = go(blocks[:m], s)
        p2, s2, h2, s = go(blocks[m:], s)
        return p1 + p2, s1 + s2, h1 + h2, s

    T = len(a)
    summaries, starts, h, _ = go([(lo, min(lo + block, T)) for lo in range(0, T, block)], h0)
    return summaries, starts, h
