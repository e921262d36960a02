# verdict: wrong
# what: one loop runs over state and input together, as if d_in were always equal to d_hidden; the longer of the two is cut off.
# diagnosis: The state and the input may have different lengths; give each its own loop.
# told: mistake one_loop_for_both
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    return [
        math.tanh(b[i] + sum(w * a + u * c for w, a, u, c in zip(W[i], h, U[i], x)))
        for i in range(len(b))
    ]
