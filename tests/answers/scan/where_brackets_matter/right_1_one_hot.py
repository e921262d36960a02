# verdict: right
# what: Writes the operation as a tensor of zeros and ones and multiplies it with itself in the two ways.
# diagnosis: None: it is right.
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
    one_hot = np.eye(n)[np.array(table)]  # one_hot[x, y, v] is 1 if x and y make v
    left = np.tensordot(one_hot, one_hot, axes=(2, 0))  # x, y, z, w
    right = np.tensordot(one_hot, one_hot, axes=(1, 2)).transpose(0, 2, 3, 1)  # x, w, y, z
    bad = np.argwhere((left != right).any(axis=3))
    return tuple(bad[0].tolist()) if len(bad) else None
