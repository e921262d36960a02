# verdict: wrong
# what: Compares the bytes for each token with numpy's default tolerance.
# diagnosis: The numbers are exact, and a state may be tiny beside the cache; a tolerance of 1e-5 swallows it.
# told: mistake within_a_tolerance
"""Whose bytes are these?"""

import numpy as np


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    t = np.array([s[0] for s in sizes], float)
    b = np.array([s[1] for s in sizes], float)
    if np.all(b == b[0]):
        return "recurrence"
    state = not np.isclose(b[0] / t[0], b[1] / t[1])
    slopes = np.diff(b) / np.diff(t)
    window = slopes[-1] < slopes[0]
    if window:
        return "griffin" if state else "window"
    return "hybrid" if state else "attention"
