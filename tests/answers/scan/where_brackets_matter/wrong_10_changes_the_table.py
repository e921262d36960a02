# verdict: wrong
# what: Replaces the rows of the given table by numpy arrays before it searches.
# diagnosis: The answer is right, but the table belongs to the caller: make a new list or array instead of writing into it.
# told: changed its argument number 1 in place
"""An operation may be scanned if its brackets may move."""

import numpy as np


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    for i in range(n):
        table[i] = np.array(table[i])
    for x in range(n):
        for y in range(n):
            bad = np.flatnonzero(table[table[x][y]] != table[x][table[y]])
            if len(bad) > 0:
                return (x, y, int(bad[0]))
    return None
