# verdict: wrong
# what: Takes bytes / tokens at the first length as the growth for each token, state and all.
# diagnosis: The first size holds the state as well; what a token adds is the difference of two sizes over the difference of their tokens.
# told: mistake state_in_the_slope
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    if all(b == sizes[0][1] for _, b in sizes):
        return "recurrence"
    per_token = sizes[0][1] / sizes[0][0]
    state = sizes[1][1] != per_token * sizes[1][0]
    cut = sizes[-1][1] < per_token * sizes[-1][0]
    if cut and state:
        return "griffin"
    if cut:
        return "window"
    if state:
        return "hybrid"
    return "attention"
