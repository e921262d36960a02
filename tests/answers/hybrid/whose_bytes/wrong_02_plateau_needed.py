# verdict: wrong
# what: Finds a window only where the last two sizes are equal.
# diagnosis: Only the last length is sure to lie beyond the window, so the size before it may still be on the way up; compare with the line, do not wait for a plateau.
# told: mistake plateau_needed
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    tokens = [t for t, _ in sizes]
    size = [b for _, b in sizes]
    if len(set(size)) == 1:
        return "recurrence"
    slope = (size[1] - size[0]) / (tokens[1] - tokens[0])
    state = size[0] - slope * tokens[0]
    window = size[-1] == size[-2]
    if window:
        return "griffin" if state > 0 else "window"
    return "hybrid" if state > 0 else "attention"
