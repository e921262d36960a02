# verdict: wrong
# what: the first step uses h0 as it should, but later steps use the previous input x[t-1] in place of the previous state.
# diagnosis: The state carries everything read so far, the previous input only one number; use the state you appended last.
# told: mistake old_input_for_the_old_state
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    states = []
    for t in range(len(x)):
        if t == 0:
            states.append(math.tanh(w * h0 + x[0]))
        else:
            states.append(math.tanh(w * x[t - 1] + x[t]))
    return states
