# verdict: wrong
# what: Reads the output from the state before the step.
# diagnosis: y_t is read from h_t, the state after the step; calculate the new state first.
# told: mistake output_of_the_old_state
import torch
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    y_t = torch.real(torch.einsum("ms,bs->bm", C, h)) + D * x_t
    drive = torch.einsum("sm,bm->bs", B, x_t.to(B.dtype))
    h = Lambda * h + gamma * drive
    return y_t, h
