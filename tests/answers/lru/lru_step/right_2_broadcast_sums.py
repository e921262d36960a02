# verdict: right
# what: Writes the matrix products as broadcast products with a sum, with gamma folded into B; no conversion is needed.
# diagnosis: none
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    scaled = gamma[:, None] * B
    state = Lambda * h + (scaled[None] * x_t[:, None, :]).sum(dim=-1)
    y_t = ((C[None] * state[:, None, :]).sum(dim=-1) + D * x_t).real
    return y_t, state
