# verdict: wrong
# what: takes h0 for the state of time 0 and begins the loop at t = 1, so x[:, 0] is never read.
# diagnosis: The state of time 0 is the one after reading x[:, 0]; h0 comes before it and is not in the result.
# told: mistake start_state_for_the_first_step
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    states = [h0]
    for t in range(1, x.shape[1]):
        states.append(np.tanh(states[-1] @ W.T + x[:, t] @ U.T + b))
    return np.stack(states, axis=1)
