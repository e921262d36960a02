# verdict: wrong
# what: Lets the mlp read the stream as it was before the mixer, side by side with it.
# diagnosis: The two lines stand one after the other: the mlp reads what the mixer has already added.
# told: mistake mlp_beside_the_mixer
"""The block of Griffin, put together from its parts."""

import torch
import torch.nn.functional as F
from torch import Tensor


def _norm(x: Tensor, weight: Tensor) -> Tensor:
    """RMSNorm of x (..., dim): each row divided by its root mean square, times weight (dim,)."""
    return x / (x.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt() * weight


def _conv(u: Tensor, tail: Tensor, taps: Tensor) -> tuple[Tensor, Tensor]:
    """The short convolution: each step's weighted sum of itself and the 3 steps before it.

    u: (batch, time, d_rnn). tail: the 3 inputs before the first step, (batch, 3, d_rnn). taps: (4, d_rnn),
    the last one for the step itself. Returns the sums (batch, time, d_rnn), and the tail after the last
    step.
    """
    u = torch.cat([tail, u], 1)
    steps = u.shape[1] - 3
    return sum(taps[k] * u[:, k : k + steps] for k in range(4)), u[:, -3:]


def _recur(u: Tensor, h: Tensor, decay: Tensor) -> tuple[Tensor, Tensor]:
    """A recurrence, which stands here for the RG-LRU: h_t = decay * h_{t-1} + sqrt(1 - decay^2) * u_t.

    u: (batch, time, d_rnn). h: the state before, (batch, d_rnn). decay: (d_rnn,). Returns all states (batch,
    time, d_rnn), and the last one (batch, d_rnn).
    """
    states = []
    for u_t in u.unbind(1):
        h = decay * h + (1 - decay**2).sqrt() * u_t
        states.append(h)
    return torch.stack(states, 1), h


def griffin_block(
    x: Tensor, tail: Tensor, h: Tensor, weights: dict[str, Tensor]
) -> tuple[Tensor, Tensor, Tensor]:
    y = _norm(x, weights["norm_time"])
    gate = F.gelu(y @ weights["gate"])
    u, tail = _conv(y @ weights["into"], tail, weights["taps"])
    u, h = _recur(u, h, weights["decay"])
    mixed = (gate * u) @ weights["out"]
    z = _norm(x, weights["norm_features"])
    mlp = (F.gelu(z @ weights["mlp_gate"]) * (z @ weights["mlp_up"])) @ weights["mlp_out"]
    return x + mixed + mlp, tail, h
