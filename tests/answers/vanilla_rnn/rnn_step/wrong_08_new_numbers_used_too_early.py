# verdict: wrong
# what: the state is written over number by number, so later numbers of the new state are made from earlier numbers of the new state.
# diagnosis: All numbers of the new state are made from the old state; keep the old one until the whole row is done.
# told: mistake new_numbers_used_too_early
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    state = np.array(h, dtype=float)
    for row in range(state.shape[0]):
        for i in range(state.shape[1]):
            total = b[i]
            for j in range(state.shape[1]):
                total += W[i, j] * state[row, j]
            for k in range(x_t.shape[1]):
                total += U[i, k] * x_t[row, k]
            state[row, i] = np.tanh(total)
    return state
