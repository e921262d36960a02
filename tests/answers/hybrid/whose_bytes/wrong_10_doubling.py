# verdict: wrong
# what: Decides that there is no state when the second size is twice the first.
# diagnosis: The second length need not be twice the first; without a state the bytes grow by the same factor as the tokens, whatever it is.
# told: mistake twice_the_first
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    sizes = sorted(sizes)
    b = [x[1] for x in sizes]
    t = [x[0] for x in sizes]
    if b[0] == b[-1]:
        return "recurrence"
    state = b[1] != 2 * b[0]
    stops = (b[-1] - b[0]) * (t[1] - t[0]) < (b[1] - b[0]) * (t[-1] - t[0])
    if state:
        return "griffin" if stops else "hybrid"
    return "window" if stops else "attention"
