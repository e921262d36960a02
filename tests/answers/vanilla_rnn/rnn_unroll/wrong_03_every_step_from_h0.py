# verdict: wrong
# what: all steps are computed at once from h0, so no state is handed to the next step.
# diagnosis: Each step needs the state of the step before it; the loop over time cannot be replaced by one product with h0.
# told: mistake state_not_carried
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    from_input = np.einsum("btj,ij->bti", x, U)
    from_state = (h0 @ W.T)[:, None, :]
    return np.tanh(from_input + from_state + b).astype(x.dtype)
