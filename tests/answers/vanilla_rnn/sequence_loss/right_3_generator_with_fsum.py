# verdict: right
# what: a generator in plain Python yields the price of every judged guess, and statistics.fmean takes the mean.
# diagnosis: none
import math
import statistics

import numpy as np


def _prices(logits, symbols):
    for scores, text in zip(logits.tolist(), symbols.tolist()):
        upcoming = iter(text)
        next(upcoming)
        for row, came in zip(scores, upcoming):
            top = max(row)
            yield math.log(math.fsum(math.exp(v - top) for v in row)) + (top - row[came])


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    loss = statistics.fmean(_prices(np.asarray(logits), np.asarray(symbols)))
    print("loss", loss)
    return loss
