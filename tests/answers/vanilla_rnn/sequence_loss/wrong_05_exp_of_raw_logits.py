# verdict: wrong
# what: exp is taken of the logits without subtracting the largest, so a logit of 1000 gives inf or nan.
# diagnosis: exp(1000) overflows: subtract the largest logit of each step from the logits of that step first.
# told: mistake overflow
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    z = logits[:, :-1].astype(float)
    y = symbols[:, 1:]
    log_sum = np.log(np.exp(z).sum(axis=-1))
    target = np.take_along_axis(z, y[:, :, np.newaxis], axis=-1)[:, :, 0]
    return (log_sum - target).mean().item()
