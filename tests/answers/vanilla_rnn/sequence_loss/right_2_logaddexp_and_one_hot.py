# verdict: right
# what: np.logaddexp.reduce makes the log of the sum, a one-hot mask picks the logits, and a numpy scalar is returned.
# diagnosis: none
import math
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    guesses = np.asarray(logits, dtype=np.float64)[:, :-1]
    mask = np.arange(guesses.shape[2]) == symbols[:, 1:, None]
    picked = np.where(mask, guesses, 0.0).sum(axis=-1, keepdims=True)
    return np.logaddexp.reduce(guesses - picked, axis=-1).mean()
