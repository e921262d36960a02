# verdict: wrong
# what: h0 is stored as the first state, so the result has time + 1 states.
# diagnosis: At time t stands the state after reading x[:, t]; leave h0 out of the result.
# told: mistake start_state_in_front
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    states = [h0]
    for t in range(x.shape[1]):
        states.append(np.tanh(states[-1] @ W.T + x[:, t] @ U.T + b))
    return np.stack(states, axis=1).astype(x.dtype)
