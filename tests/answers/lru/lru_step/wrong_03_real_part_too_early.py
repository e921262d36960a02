# verdict: wrong
# what: Takes the real parts of C and h before the product, so the product of the imaginary parts is lost.
# diagnosis: Re(C h) is not Re(C) Re(h): the imaginary parts multiply to a real number, too; multiply first.
# told: mistake real_part_before_C
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    xc = x_t.to(B.dtype)
    state = Lambda * h + gamma * (xc @ B.transpose(0, 1))
    out = state.real @ C.real.transpose(0, 1) + x_t * D
    return out, state
