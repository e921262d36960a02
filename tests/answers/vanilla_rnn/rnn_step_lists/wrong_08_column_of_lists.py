# verdict: wrong
# what: each number of the new state is wrapped in a list of its own, a column instead of a flat list.
# diagnosis: The new state is one flat list of numbers, so append the number and not [number].
# told: mistake column_of_lists
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    column = []
    for i in range(len(W)):
        z = b[i] + sum(W[i][j] * h[j] for j in range(len(h))) + sum(U[i][j] * x[j] for j in range(len(x)))
        column.append([math.tanh(z)])
    return column
