# verdict: right
# what: Uses itertools.accumulate over the reversed arrays with shifted decays, and returns arrays.
# diagnosis: none
from itertools import accumulate

import numpy as np
import math


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    ca = np.conj(np.asarray(a))
    later = np.append(ca[1:], 0)  # nothing comes after the last step
    pairs = zip(later[::-1], np.asarray(grad)[::-1])
    g = np.array(list(accumulate(pairs, lambda acc, p: p[0] * acc + p[1], initial=0.0))[:0:-1])
    shifted = np.concatenate((np.atleast_1d(h0), np.asarray(h)))[: len(g)]
    print("whole effect of the first state:", g[:1])
    return np.multiply(g, np.conj(shifted)), g, (ca[:1] * g[:1]).sum()
