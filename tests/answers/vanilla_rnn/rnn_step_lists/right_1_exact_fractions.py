# verdict: right
# what: the sums are made exactly with fractions and rounded once, just before the tanh.
# diagnosis: none
import math
from fractions import Fraction


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    def exact(row, vector):
        return sum((Fraction(p) * Fraction(q) for p, q in zip(row, vector)), Fraction(0))

    return [math.tanh(float(Fraction(b[i]) + exact(W[i], h) + exact(U[i], x))) for i in range(len(b))]
