# verdict: wrong
# what: Transposes B and C only when the shapes would not fit otherwise, so square matrices are multiplied the wrong way round.
# diagnosis: That shapes fit does not make a product right: with rows as samples, B x is always x @ B.T, also when d_state = d_model.
# told: mistake matrices_not_transposed
from torch import Tensor


def _product(v: Tensor, M: Tensor) -> Tensor:
    if v.shape[-1] == M.shape[0]:
        return v @ M
    return v @ M.T


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    h = Lambda * h + gamma * _product(x_t.to(B.dtype), B)
    y_t = _product(h, C).real + D * x_t
    return y_t, h
