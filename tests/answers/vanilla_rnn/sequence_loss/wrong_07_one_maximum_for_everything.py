# verdict: wrong
# what: the largest logit of the whole array is subtracted everywhere, so in steps with much smaller logits every exp becomes 0 and the log of the sum is -inf.
# diagnosis: Each step needs its own largest logit: use max(axis=-1, keepdims=True).
# told: mistake largest_of_all_steps
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    shifted = logits - logits.max()
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    log_probs = log_probs[:, :-1]
    coming = symbols[:, 1:]
    rows = np.arange(coming.shape[0])[:, None]
    cols = np.arange(coming.shape[1])[None, :]
    return float(-log_probs[rows, cols, coming].mean())
