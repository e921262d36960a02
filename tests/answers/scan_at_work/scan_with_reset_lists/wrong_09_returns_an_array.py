# verdict: wrong
# what: The numbers are right but come back as a numpy array instead of a list.
# diagnosis: The states are right; the exercise wants a plain list, so add .tolist().
# told: returned an array, expected a list
import numpy as np


def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    decays = np.where(np.array(reset, dtype=bool), 0.0, np.array(a, dtype=float))
    return np.array(_scan(decays.tolist(), b, h0), dtype=float)
