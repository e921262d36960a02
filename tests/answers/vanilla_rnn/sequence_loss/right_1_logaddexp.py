# verdict: right
# what: numpy's logaddexp folds the symbols one by one, the loss is added up with math.fsum, and torch is imported and not used.
# diagnosis: none
import math

import numpy as np
import torch.nn.functional as F


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    scores = np.asarray(logits, dtype=np.float64)[:, :-1]
    total = np.logaddexp.reduce(scores, axis=-1)
    prices = [
        total[row, t] - scores[row, t, symbols[row, t + 1]] for row in range(len(symbols)) for t in range(total.shape[1])
    ]
    return math.fsum(prices) / len(prices)
