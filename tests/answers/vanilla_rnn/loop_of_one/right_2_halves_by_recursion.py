# verdict: right
# what: the sequence is cut in halves by recursion; the right half starts from the last state of the left one.
# diagnosis: none
import math
import sys


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    if len(x) == 0:
        return []
    if len(x) == 1:
        return [math.tanh(w * h0 + x[0])]
    middle = len(x) // 2
    left = loop_of_one(w, x[:middle], h0)
    return left + loop_of_one(w, x[middle:], left[-1])
