# verdict: wrong
# what: the shift goes the wrong way: the logits of step t + 1 are judged by symbol t.
# diagnosis: A guess is judged by what comes after it: pair logits[:, :-1] with symbols[:, 1:].
# told: mistake shifted_the_wrong_way
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    guesses = logits[:, 1:]
    targets = symbols[:, :-1]
    m = np.max(guesses, axis=2)
    lse = m + np.log(np.sum(np.exp(guesses - m[:, :, None]), axis=2))
    b_idx, t_idx = np.indices(targets.shape)
    return float(np.mean(lse - guesses[b_idx, t_idx, targets]))
