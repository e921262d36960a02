# verdict: right
# what: Uses itertools.accumulate with a conditional step and does not call the scan.
# diagnosis: none
import math
from itertools import accumulate


def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    def step(state, now):
        decay, inp, begins = now
        return inp if begins else decay * state + inp

    _, *h = accumulate(zip(a, b, reset), step, initial=h0)
    return h
