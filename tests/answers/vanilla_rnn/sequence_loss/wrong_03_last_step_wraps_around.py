# verdict: wrong
# what: np.roll gives the last step the first symbol as its next one, so the guess of the last step is judged too.
# diagnosis: Nothing comes after the last symbol, so the last guess is not judged; cut it off instead of rolling.
# told: mistake wraps_around
import numpy as np


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    nxt = np.roll(symbols, -1, axis=1)
    shifted = logits - logits.max(-1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    B, T = symbols.shape
    total = 0.0
    for i in range(B):
        for t in range(T):
            total -= logp[i, t, nxt[i, t]]
    return float(total / (B * T))
