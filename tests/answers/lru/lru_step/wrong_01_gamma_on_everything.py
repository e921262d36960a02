# verdict: wrong
# what: Multiplies the old state by gamma as well: h = gamma * (Lambda h + B x).
# diagnosis: gamma scales the input only; the old state is multiplied by Lambda alone.
# told: mistake gamma_on_the_state
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    h_new = gamma * (Lambda * h + x_t.to(B.dtype) @ B.T)
    y = (h_new @ C.T).real + D * x_t
    return y, h_new
