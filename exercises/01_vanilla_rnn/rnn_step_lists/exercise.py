"""One step of the vanilla recurrent network, with lists."""

import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    """The new state tanh(W h + U x + b) of one sequence.

    x: the input of this step, d_in numbers. h: the state before it, d_hidden numbers.
    W: d_hidden rows of d_hidden numbers. U: d_hidden rows of d_in numbers. b: d_hidden numbers.
    Returns a list of d_hidden numbers.
    """
    # BEGIN SOLUTION
    state = []
    for i in range(len(b)):
        push = b[i]
        for j in range(len(h)):
            push += W[i][j] * h[j]
        for j in range(len(x)):
            push += U[i][j] * x[j]
        state.append(math.tanh(push))
    return state
    # END SOLUTION
