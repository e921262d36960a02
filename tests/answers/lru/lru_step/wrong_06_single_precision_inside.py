# verdict: wrong
# what: Converts everything to complex64 in the middle, so double precision arguments lose half of their digits.
# diagnosis: Convert x_t to B.dtype and not to complex64; in double precision your result is good to only seven digits.
# told: in single precision
import torch
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    c = torch.complex64
    new = Lambda.to(c) * h.to(c) + gamma.to(c) * (x_t.to(c) @ B.to(c).T)
    y = (new @ C.to(c).T).real.to(x_t.dtype) + D * x_t
    return y, new.to(h.dtype)
