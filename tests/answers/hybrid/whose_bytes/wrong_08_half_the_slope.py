# verdict: wrong
# what: Calls it a window when the last stretch grows less than half as fast as the first.
# diagnosis: A window may end just before the last length; any growth below the line at all means that something has been dropped.
# told: mistake half_the_growth
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    (t0, b0), (t1, b1) = sizes[0], sizes[1]
    (ty, by), (tz, bz) = sizes[-2], sizes[-1]
    first = (b1 - b0) / (t1 - t0)
    last = (bz - by) / (tz - ty)
    if first == 0:
        return "recurrence"
    state = b0 > first * t0
    if last < first / 2:
        return "griffin" if state else "window"
    return "hybrid" if state else "attention"
