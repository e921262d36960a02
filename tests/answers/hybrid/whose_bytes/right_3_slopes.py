# verdict: right
# what: Compares the first and the last slope with numpy and returns a numpy string.
# diagnosis: none
"""Whose bytes are these?"""

import numpy as np


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    table = np.array(sizes, dtype=np.int64)
    step = np.diff(table, axis=0)
    slope = step[:, 1] / step[:, 0]
    per_token = step[0, 1] // step[0, 0]
    state = table[0, 1] - per_token * table[0, 0]
    kind = 0 if per_token == 0 else 1 + 2 * int(state > 0) + int(slope[-1] < slope[0])
    return np.array(["recurrence", "attention", "window", "hybrid", "griffin"])[kind]
