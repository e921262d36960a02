# verdict: wrong
# what: Uses the distance without its sign, so a step sees later steps as well.
# diagnosis: A window that looks backwards needs 0 <= t - s; the absolute value opens the future.
# told: mistake looks_ahead
"""Which step may look at which."""

import numpy as np


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    idx = np.arange(n)
    docs = np.array(documents)
    near = np.abs(idx[:, None] - idx[None, :]) < window
    same = docs[:, None] == docs[None, :]
    return (near & same).tolist()
