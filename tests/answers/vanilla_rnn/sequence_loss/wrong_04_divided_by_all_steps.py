# verdict: wrong
# what: the right guesses are judged, but the sum is divided by batch * time instead of batch * (time - 1).
# diagnosis: A sequence of time symbols has only time - 1 judged guesses, so divide by their number.
# told: mistake divided_by_time
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    batch, time = symbols.shape
    loss = 0.0
    for i in range(batch):
        for t in range(time - 1):
            row = logits[i, t]
            top = row.max()
            loss += top + np.log(np.exp(row - top).sum()) - row[symbols[i, t + 1]]
    return float(loss / symbols.size)
