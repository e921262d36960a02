# verdict: wrong
# what: Returns (h, y_t) instead of (y_t, h).
# diagnosis: Both values are right, but in the wrong order: the output comes first.
# told: You return (h, y_t)
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    u = (B @ x_t.to(B.dtype).T).T
    h_next = Lambda * h + gamma * u
    y_t = (C @ h_next.T).T.real + D * x_t
    return h_next, y_t
