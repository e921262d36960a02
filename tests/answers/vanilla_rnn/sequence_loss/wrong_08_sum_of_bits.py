# verdict: wrong
# what: two errors: the losses are added up over time instead of averaged, and they are in bits (log2) instead of nats.
# diagnosis: Take the mean over all judged guesses, not the sum over time; and use the natural logarithm np.log.
# told: mistake base_two
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    z = logits[:, :-1] - logits[:, :-1].max(axis=-1, keepdims=True)
    log2_p = z / np.log(2) - np.log2(np.exp(z).sum(axis=-1, keepdims=True))
    chosen = np.take_along_axis(log2_p, symbols[:, 1:, None], axis=-1)
    per_sequence = -chosen[..., 0].sum(axis=1)
    return float(per_sequence.mean())
