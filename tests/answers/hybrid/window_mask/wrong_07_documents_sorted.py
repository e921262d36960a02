# verdict: wrong
# what: Takes the lengths of the documents from np.unique, which sorts them by number.
# diagnosis: The numbers are only labels in no order; the documents stand in the order of the row, and np.unique forgets it.
# told: mistake documents_in_order_of_numbers
"""Which step may look at which."""

import numpy as np


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    _, lengths = np.unique(documents, return_counts=True)
    table = np.zeros((n, n), dtype=bool)
    start = 0
    for length in lengths:
        block = np.tri(length, dtype=bool) & ~np.tri(length, k=-window, dtype=bool)
        table[start : start + length, start : start + length] = block
        start += length
    return table.tolist()
