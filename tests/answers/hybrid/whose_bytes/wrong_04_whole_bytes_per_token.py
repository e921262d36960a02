# verdict: wrong
# what: Compares bytes // tokens of the first two lengths to see whether there is a state.
# diagnosis: Floor division throws the remainder away, and a small state is the remainder; subtract what the tokens take and see whether anything is left.
# told: mistake remainder_thrown_away
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    if len({b for _, b in sizes}) == 1:
        return "recurrence"
    (t0, b0), (t1, b1) = sizes[:2]
    tn, bn = sizes[-1]
    has_state = b0 // t0 != b1 // t1
    slope = (b1 - b0) // (t1 - t0)
    grows_on = bn - b1 == slope * (tn - t1)
    if has_state:
        return "hybrid" if grows_on else "griffin"
    return "attention" if grows_on else "window"
