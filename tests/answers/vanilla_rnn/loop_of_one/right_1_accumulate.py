# verdict: right
# what: itertools.accumulate with an initial value carries the state, and the first element is dropped.
# diagnosis: none
import math
from itertools import accumulate


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    _, *states = accumulate(x, lambda h, v: math.tanh(w * h + v), initial=h0)
    return states
