# verdict: right
# what: Vectorised slices of numpy arrays of Python objects, turned back into lists.
# diagnosis: none
import numpy as np
import math  # not needed after all


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    decay = np.array(a, dtype=object)
    value = np.array(b, dtype=object)
    rows = [value.tolist()]
    for k in range(max(len(b) - 1, 0).bit_length()):
        d = 1 << k
        value = np.concatenate([value[:d], decay[d:] * value[:-d] + value[d:]])
        decay = np.concatenate([decay[:d], decay[d:] * decay[:-d]])
        rows.append(value.tolist())
    return rows
