# verdict: right
# what: Combines two triangles and the documents by broadcasting, and returns lists of numpy bools.
# diagnosis: none
"""Which step may look at which."""

import numpy as np


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    docs = np.asarray(documents)
    n = docs.size
    mask = np.tri(n, dtype=bool) & ~np.tri(n, k=-window, dtype=bool) & (docs[:, None] == docs)
    return [list(line) for line in mask]
