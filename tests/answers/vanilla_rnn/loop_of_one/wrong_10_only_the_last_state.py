# verdict: wrong
# what: only the last state is returned, as a number, instead of the list of all states.
# diagnosis: Collect every state in a list; the last one alone is only the end of the story.
# told: mistake last_state_only
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    h = h0
    for x_t in x:
        h = math.tanh(w * h + x_t)
    return h
