# verdict: wrong
# what: the list begins with h0, so it has one number too many.
# diagnosis: The first state in the list is the one after reading x[0]; leave h0 out.
# told: mistake start_state_in_the_list
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    states = [h0]
    for number in x:
        states.append(math.tanh(w * states[-1] + number))
    return states
