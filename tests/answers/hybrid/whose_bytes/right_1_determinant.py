# verdict: right
# what: Compares by cross-multiplying whole numbers, without any division.
# diagnosis: none
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    (t0, b0), (t1, b1), (tn, bn) = sizes[0], sizes[1], sizes[-1]
    if b0 == bn:
        return "recurrence"
    state = b0 * t1 != b1 * t0
    bend = (b1 - b0) * (tn - t0) != (bn - b0) * (t1 - t0)
    return (("attention", "window"), ("hybrid", "griffin"))[state][bend]
