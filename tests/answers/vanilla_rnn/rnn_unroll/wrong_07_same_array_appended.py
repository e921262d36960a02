# verdict: wrong
# what: one array is updated in place and appended again and again, so all times show the last state.
# diagnosis: The list holds the same array many times; append a copy, or make a new array at each step.
# told: mistake last_state_everywhere
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    current = np.array(h0, dtype=x.dtype)
    states = []
    for t in range(x.shape[1]):
        current[...] = np.tanh(current @ W.T + x[:, t] @ U.T + b)
        states.append(current)
    return np.stack(states, axis=1)
