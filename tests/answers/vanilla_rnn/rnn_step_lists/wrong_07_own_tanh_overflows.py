# verdict: wrong
# what: tanh is written out with exp, which raises OverflowError for large sums.
# diagnosis: Where tanh is almost 1, exp is already too large for a float; use math.tanh, as the statement says.
# told: exp of a large number is too large for a float
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    def tanh(z):
        up, down = math.exp(z), math.exp(-z)
        return (up - down) / (up + down)

    def dot(p, q):
        s = 0.0
        for k in range(len(p)):
            s += p[k] * q[k]
        return s

    return [tanh(dot(W[i], h) + dot(U[i], x) + b[i]) for i in range(len(b))]
