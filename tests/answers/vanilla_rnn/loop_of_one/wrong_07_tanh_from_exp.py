# verdict: wrong
# what: tanh is built from exp(2z), which overflows for large numbers where tanh is simply 1.
# diagnosis: exp of a large number is too large for a float, but tanh can take any number: use math.tanh.
# told: exp of a large number is too large for a float
from math import exp


def my_tanh(z):
    e = exp(2 * z)
    return (e - 1) / (e + 1)


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    states = []
    state = h0
    for value in x:
        state = my_tanh(w * state + value)
        states.append(state)
    return states
