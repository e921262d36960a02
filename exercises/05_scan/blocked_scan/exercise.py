"""The scan in blocks: summarise, carry, fill in."""


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    """The states of h[t] = a[t] * h[t-1] + b[t], and what the blocks know on the way to them.

    Args:
        a: the T decays.
        b: the T inputs.
        h0: the state before the first step.
        block: steps in a block; the last block may have fewer.

    Returns:
        summaries: for each block the pair (A, B) of all its steps together.
        starts: for each block the state before its first step.
        h: the T states.
    """
    # BEGIN SOLUTION
    begins = range(0, len(b), block)
    summaries = []
    for begin in begins:
        A, B = 1.0, 0.0
        for a_t, b_t in zip(a[begin : begin + block], b[begin : begin + block], strict=True):
            A, B = a_t * A, a_t * B + b_t
        summaries.append((A, B))
    starts = [h0]
    for A, B in summaries[:-1]:
        starts.append(A * starts[-1] + B)
    h = []
    for begin, state in zip(begins, starts, strict=True):
        for a_t, b_t in zip(a[begin : begin + block], b[begin : begin + block], strict=True):
            state = a_t * state + b_t
            h.append(state)
    return summaries, starts, h
    # END SOLUTION
