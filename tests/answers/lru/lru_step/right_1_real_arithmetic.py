# verdict: right
# what: Calculates with real and imaginary parts only and builds the complex state at the end.
# diagnosis: none
import torch
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    re = Lambda.real * h.real - Lambda.imag * h.imag + gamma * (x_t @ B.real.T)
    im = Lambda.real * h.imag + Lambda.imag * h.real + gamma * (x_t @ B.imag.T)
    y_t = re @ C.real.T - im @ C.imag.T + D * x_t
    return y_t, torch.complex(re, im)
