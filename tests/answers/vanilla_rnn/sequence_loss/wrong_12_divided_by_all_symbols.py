# verdict: wrong
# what: adds up the right surprises, without care for large logits, and divides by the number of all symbols.
# diagnosis: Divide by the number of guesses that were judged, which is one fewer for each sequence.
# told: mistake divided_by_time
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    total = 0.0
    for guesses, came in zip(logits, symbols, strict=True):
        for t in range(len(came) - 1):
            weights = np.exp(guesses[t])
            total -= np.log(weights[came[t + 1]] / weights.sum())
    return float(total / symbols.size)
