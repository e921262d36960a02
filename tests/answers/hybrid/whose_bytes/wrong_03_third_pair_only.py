# verdict: wrong
# what: Looks at the third pair to see whether the growth has stopped, and not at the last.
# diagnosis: More than two lengths may be within the window; only the last one is sure to be beyond it.
# told: mistake third_pair_only
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    (t0, b0), (t1, b1), (t2, b2) = sizes[:3]
    if b0 == b1 == b2:
        return "recurrence"
    slope = (b1 - b0) / (t1 - t0)
    state = b0 - slope * t0
    if b2 < state + slope * t2:
        if state > 0:
            return "griffin"
        return "window"
    if state > 0:
        return "hybrid"
    return "attention"
