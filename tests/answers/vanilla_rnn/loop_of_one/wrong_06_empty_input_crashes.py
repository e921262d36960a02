# verdict: wrong
# what: the first number is read before the loop, so an empty x raises IndexError instead of giving an empty list.
# diagnosis: There may be no numbers at all; start with h = h0 and an empty list, and let the loop do every step.
# told: x may be empty
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    states = [math.tanh(w * h0 + x[0])]
    for value in x[1:]:
        states.append(math.tanh(w * states[-1] + value))
    return states
