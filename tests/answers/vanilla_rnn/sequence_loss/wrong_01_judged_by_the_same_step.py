# verdict: wrong
# what: the logits of step t are judged by symbol t, which the network has already read, and all steps are judged.
# diagnosis: At step t the network guesses what comes next: compare the logits of step t with symbol t + 1, and leave the last step out.
# told: mistake not_shifted
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    picked = np.take_along_axis(log_p, symbols[..., None], axis=-1)
    return float(-picked.mean())
