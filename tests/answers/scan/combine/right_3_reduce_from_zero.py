# verdict: right
# what: The decay by reduce over the decays and the input by running both steps from zero, with a print.
# diagnosis: none
import os
import sys
from functools import reduce
from operator import itemgetter, mul


def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    steps = [first, then]
    decay = reduce(mul, map(itemgetter(0), steps))
    from_zero = reduce(lambda h, step: step[0] * h + step[1], steps[1:], first[1])
    print("combined:", decay, from_zero)
    return tuple([decay, from_zero])
