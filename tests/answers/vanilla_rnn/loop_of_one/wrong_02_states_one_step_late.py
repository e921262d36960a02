# verdict: wrong
# what: each state is stored before the number is read, so the list is h0, h_0, ... and the last state is missing.
# diagnosis: Compute the new state first and append it afterwards; at each place must stand the state after reading that number.
# told: mistake one_step_late
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    result = []
    h = h0
    for i in range(len(x)):
        result.append(h)
        h = math.tanh(w * h + x[i])
    return result
