# verdict: wrong
# what: Calls every model whose last two sizes are equal a recurrence.
# diagnosis: A full window also stops growing; only a model that never grows, from its first tokens on, is all recurrent.
# told: mistake stands_still_is_recurrence
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    (t0, b0), (t1, b1) = sizes[0], sizes[1]
    if sizes[-1][1] == sizes[-2][1]:
        return "recurrence"
    per_token = (b1 - b0) // (t1 - t0)
    state = b0 - per_token * t0
    full = state + per_token * sizes[-1][0]
    if sizes[-1][1] < full:
        return "griffin" if state > 0 else "window"
    return "hybrid" if state > 0 else "attention"
