# verdict: wrong
# what: Two errors: the output is the absolute value of C h instead of its real part, and D * x_t is forgotten.
# diagnosis: Re keeps the real part (it may be negative), abs is something else; and D lets the input through to the output.
# told: mistake size_instead_of_real_part
import torch
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    x_complex = torch.complex(x_t, torch.zeros_like(x_t))
    h_t = torch.mul(Lambda, h) + torch.mul(gamma, torch.matmul(x_complex, B.T))
    y_t = torch.abs(torch.matmul(h_t, C.T))
    return y_t, h_t
