# verdict: wrong
# what: Takes the first decay of the block to the power of its length as A, which is right only when all decays are equal, as in the example.
# diagnosis: The decays of a block differ in general; A is their product, not a power of the first one.
# told: mistake decay_as_a_power
def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    blocks = [(a[i : i + block], b[i : i + block]) for i in range(0, len(a), block)]
    summaries = []
    for xs, ys in blocks:
        end = 0
        for x, y in zip(xs, ys):
            end = x * end + y
        summaries.append((xs[0] ** len(xs), end))
    starts = [h0]
    for A, B in summaries[:-1]:
        starts.append(A * starts[-1] + B)
    starts = starts[: len(summaries)]
    h = []
    for (xs, ys), state in zip(blocks, starts):
        for x, y in zip(xs, ys):
            state = x * state + y
            h.append(state)
    return summaries, starts, h
