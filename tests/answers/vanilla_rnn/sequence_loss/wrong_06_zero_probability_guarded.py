# verdict: wrong
# what: the logarithm is taken of the probability, and a probability that has become 0 is replaced by 1e-300, so large losses stop at about 691.
# diagnosis: The guard prevents the inf but not the error: with logit minus log of the sum the probability never has to be formed.
# told: mistake zero_replaced
import math

import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    losses = []
    for seq_logits, seq in zip(logits, symbols):
        for row, nxt in zip(seq_logits[:-1], seq[1:]):
            e = np.exp(np.asarray(row, dtype=float) - np.max(row))
            p = e[nxt] / e.sum()
            if p == 0:
                p = 1e-300
            losses.append(-math.log(p))
    return sum(losses) / len(losses)
