# verdict: wrong
# what: two errors: the loop starts from 0 whatever h0 is, and w multiplies the input as well as the state.
# diagnosis: Start from the h0 you are given; and w belongs to the old state only, so put x_t outside the bracket.
# told: mistake weight_on_the_input
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    h = 0.0
    seq = []
    for v in x:
        h = math.tanh(w * (h + v))
        seq.append(h)
    return seq
