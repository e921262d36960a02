# verdict: wrong
# what: the copy of the state is overwritten while it is still being read, so number 1 is already made from the new number 0.
# diagnosis: Every new number is made from the OLD state; collect the new numbers in a list of their own.
# told: mistake new_numbers_pushed_too
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    state = list(h)
    for i in range(len(state)):
        memory = sum(W[i][j] * state[j] for j in range(len(state)))
        inp = sum(U[i][k] * x[k] for k in range(len(x)))
        state[i] = math.tanh(b[i] + memory + inp)
    return state
