# verdict: wrong
# what: tanh is applied to every term, and the squeezed terms are added.
# diagnosis: Add up everything for number i first, and take tanh once, of the whole sum.
# told: mistake tanh_of_every_product
from math import tanh


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    result = []
    for push, w_row, u_row in zip(b, W, U):
        value = tanh(push)
        for w, old in zip(w_row, h):
            value += tanh(w * old)
        for u, inp in zip(u_row, x):
            value += tanh(u * inp)
        result.append(value)
    return result
