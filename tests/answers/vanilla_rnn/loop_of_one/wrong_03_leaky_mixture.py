# verdict: wrong
# what: the input is weighted by 1 - w, as in a running average, instead of being added whole.
# diagnosis: In the formula x_t enters as it is: tanh(w h + x_t); nothing says that the weights must sum to 1.
# told: mistake mixed_as_an_average
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    h, out = h0, []
    for x_t in x:
        h = math.tanh(w * h + (1 - w) * x_t)
        out.append(h)
    return out
