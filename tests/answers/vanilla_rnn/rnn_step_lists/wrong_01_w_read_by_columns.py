# verdict: wrong
# what: W is read by columns (W[j][i]) where the statement reads row i.
# diagnosis: Row i of W says how the old numbers push number i: the first index is the new number, so write W[i][j].
# told: mistake W_the_wrong_way_round
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    new = []
    for i in range(len(b)):
        s = b[i]
        for j in range(len(h)):
            s += W[j][i] * h[j]
        for j in range(len(x)):
            s += U[i][j] * x[j]
        new.append(math.tanh(s))
    return new
