"""Rotary positions: turn queries and keys by an angle that grows with their position.

    (x_k, x_{k+n}) -> (x_k cos(p w_k) - x_{k+n} sin(p w_k),  x_{k+n} cos(p w_k) + x_k sin(p w_k))

for the pairs k = 0 .. n-1 of a head, at position p of its document, with w_k = 10000^(-k/n). (Su et al. 2021,
arXiv 2104.09864, section 3.2.2.) A product of two turned vectors depends on the distance of their positions
alone. The first pairs turn fast and tell near positions apart; the last hardly turn at all.

Which pairs turn is a choice: all of them; a part, as in released Griffin, where half of a head's dimensions
are a smaller head with all speeds, fast to slow; or the fastest part of all, p-RoPE (Barbero et al. 2024,
arXiv 2410.06205, section 6), which leaves the slow pairs to carry meaning at any distance.
"""

import math
from typing import Any, Self

import torch
from torch import Tensor, nn

ROPE_BASE = 10_000.0
TURN = 2**48


def rope_turns(pairs: int, fraction: float = 1.0, p_rope: bool = False) -> Tensor:
    """The w_k of the pairs that turn, int64 (int(fraction * pairs),) on the CPU, in units of 2^-48 turns.

    pairs: of a head. p_rope: whether those that turn are the fastest of all `pairs`, else they have all
    speeds among themselves.
    In whole numbers position times frequency is exact modulo a turn, far out and without float64.
    Raises ValueError for a fraction outside [0, 1].
    """
    if not 0 <= fraction <= 1:
        raise ValueError(f"the fraction of rotary pairs is {fraction}, expected a number from 0 to 1")
    turning = int(fraction * pairs)
    spread = pairs if p_rope else turning
    frequencies = ROPE_BASE ** (-torch.arange(turning, dtype=torch.float64, device="cpu") / max(spread, 1))
    return (frequencies / (2 * math.pi) * TURN).round().to(torch.int64)


def rope_angles(position: Tensor, turns: Tensor, dtype: torch.dtype) -> Tensor:
    """Angles (..., n_pairs) in [0, 2 pi) of int64 positions (...): float32, or float64 when `dtype` is."""
    dtype = torch.float64 if dtype == torch.float64 else torch.float32
    return ((position[..., None] * turns) & (TURN - 1)).to(dtype) * (2 * math.pi / TURN)


def rotate(x: Tensor, angle: Tensor) -> Tensor:
    """Turn the pairs (x_k, x_{k+n}), k < n, of x (..., d_head) by angle (..., n); the rest of x stays."""
    n = angle.shape[-1]
    first, second, rest = x.split([n, n, x.shape[-1] - 2 * n], -1)
    cos, sin = angle.cos(), angle.sin()
    return torch.cat([first * cos - second * sin, second * cos + first * sin, rest], -1).to(x.dtype)


class Rope(nn.Module):
    """`rotate` with the turns of `rope_turns(pairs, fraction, p_rope)`, which no checkpoint holds."""

    turns: Tensor

    def __init__(self, pairs: int, fraction: float = 1.0, p_rope: bool = False) -> None:
        super().__init__()
        self.settings = pairs, fraction, p_rope
        self.register_buffer("turns", rope_turns(*self.settings), persistent=False)

    def forward(self, x: Tensor, position: Tensor) -> Tensor:
        """x (..., time, d_head) at int64 positions (..., time) -> the same shape."""
        # A model that is made on the meta device and given its weights by assignment has never moved.
        turns = self.turns if self.turns.device == x.device else rope_turns(*self.settings).to(x.device)
        return rotate(x, rope_angles(position, turns, x.dtype))

    def _apply(self, *args: Any, **kwargs: Any) -> Self:
        # Whatever moves a model may give it memory without content, for a checkpoint to fill (`to_empty`).
        super()._apply(*args, **kwargs)
        self.turns = rope_turns(*self.settings).to(self.turns.device)
        return self
