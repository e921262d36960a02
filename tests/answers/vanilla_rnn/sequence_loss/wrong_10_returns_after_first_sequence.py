# verdict: wrong
# what: the return stands inside the loop over the sequences, so only the first sequence of the batch is judged.
# diagnosis: Your return is indented too far; collect the losses of all sequences, and return after the loop.
# told: mistake first_sequence_only
import numpy as np


def surprise(row, symbol):
    row = row - np.max(row)
    return np.log(np.sum(np.exp(row))) - row[symbol]


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    batch, time, vocabulary = logits.shape
    losses = []
    for i in range(batch):
        for t in range(time - 1):
            losses.append(surprise(logits[i, t], symbols[i, t + 1]))
        return float(np.mean(losses))
