"""The LRU, one step at a time."""

from torch import Tensor


def lru_step(
    x_t: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    """h_t = Lambda h_{t-1} + gamma (B x_t) and y_t = Re(C h_t) + D x_t.

    Args:
        x_t: the input of this step, real, (batch, d_model).
        h: the state before it, complex, (batch, d_state).
        Lambda: eigenvalues, complex, (d_state,).
        gamma: factors of the input, real, (d_state,).
        B: complex, (d_state, d_model).
        C: complex, (d_model, d_state).
        D: real, (d_model,).

    Returns:
        y_t, real, (batch, d_model), and the state after the step, complex, (batch, d_state).
    """
    # BEGIN SOLUTION
    h = Lambda * h + gamma * (x_t.to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h
    # END SOLUTION
