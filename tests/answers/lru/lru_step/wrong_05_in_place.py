# verdict: wrong
# what: Changes the state that it was handed in place (h *= Lambda; h += ...).
# diagnosis: *= and += write into the caller's tensor; make a new state instead.
# told: changed its arguments in place
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    h *= Lambda
    h += gamma * (x_t.to(B.dtype) @ B.T)
    y_t = (h @ C.T).real
    y_t = y_t + D * x_t
    return y_t, h
