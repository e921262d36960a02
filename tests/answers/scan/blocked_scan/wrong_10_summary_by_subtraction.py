# verdict: wrong
# what: Runs the plain loop first and gets B backwards as end - A * start, which loses all digits when the state is big.
# diagnosis: B is where the block ends from zero, so run it from zero; end - A * start subtracts big numbers and leaves rounding errors.
# told: mistake summary_by_subtraction
from math import prod


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    states = [h0]
    for x, y in zip(a, b):
        states.append(x * states[-1] + y)
    T = len(a)
    bounds = [(lo, min(lo + block, T)) for lo in range(0, T, block)]
    starts = [states[lo] for lo, _ in bounds]
    summaries = []
    for lo, hi in bounds:
        A = prod(a[lo:hi])
        summaries.append((A, states[hi] - A * states[lo]))
    return summaries, starts, states[1:]
