# verdict: wrong
# what: the sums are collected in b itself (new = b is no copy), so the bias of the caller is changed.
# diagnosis: new = b gives the same list a second name; make a new list, for example list(b).
# told: in place
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    new = b
    for i, row in enumerate(W):
        for j, weight in enumerate(row):
            new[i] += weight * h[j]
    for i, row in enumerate(U):
        for j, weight in enumerate(row):
            new[i] += weight * x[j]
    return [math.tanh(v) for v in new]
