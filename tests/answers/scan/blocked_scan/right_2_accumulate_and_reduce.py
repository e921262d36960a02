# verdict: right
# what: Uses itertools.accumulate for carry and fill in and functools.reduce for the summaries.
# diagnosis: none
import math
import random
from functools import reduce
from itertools import accumulate


def _step(state, pair):
    return pair[0] * state + pair[1]


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    steps = list(zip(a, b))
    blocks = [steps[i : i + block] for i in range(0, len(steps), block)]
    summaries = [(math.prod(x for x, _ in blk), reduce(_step, blk, 0)) for blk in blocks]
    starts = list(accumulate(summaries, _step, initial=h0))[: len(blocks)]
    h = [s for blk, s0 in zip(blocks, starts) for s in list(accumulate(blk, _step, initial=s0))[1:]]
    return summaries, starts, h
