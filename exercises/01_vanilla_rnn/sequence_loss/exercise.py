"""The loss of a language model: the mean surprise at the next symbol."""

import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    """The mean of -log p of each symbol but the first, as predicted one step before.

    logits: (batch, time, vocabulary); softmax over the last axis gives the probabilities of the next symbol.
    symbols: (batch, time), whole numbers from 0 to vocabulary - 1, what each sequence has at each time.
    Returns the mean over all judged guesses, in nats.
    """
    # BEGIN SOLUTION
    z, targets = logits[:, :-1], symbols[:, 1:]
    z = z - z.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return -float(np.take_along_axis(log_p, targets[..., None], axis=-1).mean())
    # END SOLUTION
