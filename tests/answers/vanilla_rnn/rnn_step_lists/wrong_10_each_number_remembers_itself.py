# verdict: wrong
# what: a state of one number is computed right as a special case; otherwise number i only gets W[i][i] * h[i] from the old state, not the pushes of the others.
# diagnosis: Every old number pushes every new one: run over the whole row W[i], not only its diagonal.
# told: mistake only_the_own_number
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    if len(h) == 1:
        return [math.tanh(b[0] + W[0][0] * h[0] + sum(u * v for u, v in zip(U[0], x)))]
    new_state = []
    for i in range(len(h)):
        pushed = sum(u * v for u, v in zip(U[i], x))
        new_state.append(math.tanh(b[i] + W[i][i] * h[i] + pushed))
    return new_state
