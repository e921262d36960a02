# verdict: wrong
# what: torch's cross_entropy on double tensors does it all after the shift in time.
# diagnosis: This exercise is to be written with numpy; torch may not be used.
# told: torch
import numpy as np
import torch
import torch.nn.functional as F


def sequence_loss(logits: np.ndarray, symbols: np.ndarray) -> float:
    scores = torch.tensor(np.asarray(logits, dtype=np.float64))[:, :-1].flatten(0, 1)
    targets = torch.tensor(np.asarray(symbols, dtype=np.int64))[:, 1:].flatten()
    return F.cross_entropy(scores, targets).item()
