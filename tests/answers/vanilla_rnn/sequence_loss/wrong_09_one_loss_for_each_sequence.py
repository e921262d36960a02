# verdict: wrong
# what: the mean is taken over time only, so an array with one loss for each sequence is returned instead of one float.
# diagnosis: Return one float: take the mean over the batch as well.
# told: mistake one_loss_for_each_sequence
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    a = logits[:, :-1]
    top = a.max(axis=-1, keepdims=True)
    logsumexp = np.log(np.exp(a - top).sum(axis=-1)) + top[..., 0]
    hit = np.take_along_axis(a, symbols[:, 1:][..., None], axis=-1)[..., 0]
    return np.mean(logsumexp - hit, axis=1)
