# verdict: wrong
# what: the squeezed sum is added to the old state, as if the step made a change and not a new state.
# diagnosis: The old state enters only through W, inside the tanh; the new state replaces the old one.
# told: mistake old_state_added
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    change = np.tanh(h @ W.T + x_t @ U.T + b)
    return h + change
