# verdict: wrong
# what: every step starts from h0 again; the new state is never handed on, so nothing is remembered.
# diagnosis: After each step the new state must take the place of the old one; otherwise the network forgets everything.
# told: mistake state_not_carried
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    return [math.tanh(w * h0 + number) for number in x]
