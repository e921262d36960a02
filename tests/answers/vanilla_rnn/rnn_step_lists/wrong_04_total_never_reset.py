# verdict: wrong
# what: the running total is set to 0 only once, so each number of the new state also contains the sums of the rows before it.
# diagnosis: Each number of the state has its own sum: set the total to b[i] inside the loop over i.
# told: mistake total_never_reset
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    total = 0
    out = []
    for i in range(len(h)):
        total += b[i]
        for j in range(len(h)):
            total += W[i][j] * h[j]
        for k in range(len(x)):
            total += U[i][k] * x[k]
        out.append(math.tanh(total))
    return out
