# verdict: wrong
# what: Fits one straight line through all lengths and reads the state off where it begins.
# diagnosis: A line through the bent part is lifted at its left end, which looks like a state; the state can be read only from lengths within the window.
# told: mistake line_through_the_ends
"""Whose bytes are these?"""

import numpy as np


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    t = np.array([p[0] for p in sizes], dtype=float)
    b = np.array([p[1] for p in sizes], dtype=float)
    if b.min() == b.max():
        return "recurrence"
    slope, state = np.polyfit(t, b, 1)
    straight = np.abs(slope * t + state - b).max() < 1e-6 * b.max()
    has_state = state > 1e-6 * b.max()
    if straight:
        return "hybrid" if has_state else "attention"
    return "griffin" if has_state else "window"
