# verdict: wrong
# what: Begins the window at t - window + 1 even where that is below zero.
# diagnosis: A negative index in Python counts from the end; the beginning of the window must not fall below 0.
# told: mistake start_below_zero
"""Which step may look at which."""

import numpy as np


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    docs = np.array(documents)
    table = np.zeros((n, n), dtype=bool)
    for t in range(n):
        a = t - window + 1
        table[t, a : t + 1] = docs[a : t + 1] == docs[t]
    return table.tolist()
