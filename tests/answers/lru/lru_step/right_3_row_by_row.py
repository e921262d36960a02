# verdict: right
# what: Takes one row of the batch at a time with matrix-vector products and stacks the results, with a helper class.
# diagnosis: none
import random  # noqa: F401
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass
class _Cell:
    Lambda: Tensor
    gamma: Tensor
    B: Tensor
    C: Tensor
    D: Tensor

    def __call__(self, x: Tensor, h: Tensor):
        h = torch.addcmul(self.gamma * torch.mv(self.B, x.to(self.B.dtype)), self.Lambda, h)
        return torch.mv(self.C, h).real + self.D * x, h


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    cell = _Cell(Lambda, gamma, B, C, D)
    outputs, states = zip(*(cell(x, s) for x, s in zip(x_t, h)))
    return torch.stack(outputs), torch.stack(states)
