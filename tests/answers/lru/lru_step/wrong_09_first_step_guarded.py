# verdict: wrong
# what: Treats a state of zeros apart and right, but in all other steps the input is not multiplied by gamma.
# diagnosis: The one formula holds for every step, h = 0 too; in your second case gamma is missing.
# told: mistake gamma_forgotten
import torch
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    Bx = x_t.to(B.dtype) @ B.T
    if torch.count_nonzero(h) == 0:
        h_t = gamma * Bx
    else:
        h_t = Lambda * h + Bx
    y_t = (h_t @ C.T).real + D * x_t
    return y_t, h_t
