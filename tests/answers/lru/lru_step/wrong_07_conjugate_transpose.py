# verdict: wrong
# what: Transposes the matrices with .mH, which also conjugates them.
# diagnosis: .mH is the conjugate transpose; the formula has no conjugate, so use .mT (or .T).
# told: mistake B_and_C_conjugated
from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    entering = x_t.to(B.dtype) @ B.mH
    after = Lambda * h + gamma * entering
    read = after @ C.mH
    return read.real + D * x_t, after
