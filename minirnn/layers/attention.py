"""Causal attention with rotary positions, over everything so far or over a window of recent steps.

    y_t = W_o concat_heads( sum_s softmax_s(q_t . k_s / sqrt(d_head)) v_s ),   t - window < s <= t

Shapes: y_t (d_model,); in each head q_t, k_s and v_s (d_head,). (Vaswani et al. 2017, arXiv 1706.03762,
equation 1.) A window of w sees w keys, the current one among them; the released Griffin code lets through
w + 1. With one key-value head for all query heads it is multi-query attention (Shazeer 2019, arXiv
1911.02150), whose cache is n_heads times smaller.

Queries and keys are turned by their position (shared/rope.py), so that q . k depends on the distance alone.

The window's cache is a ring (shared/window.py). A softmax does not care about order and keys keep their turn,
so a step reads the ring as it lies. It returns a new ring and leaves the one it was given as it was.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from minirnn.layers.contract import Device, DType, Layer, Output, State
from minirnn.layers.shared.rope import Rope
from minirnn.layers.shared.weights import linear
from minirnn.layers.shared.window import NOTHING, in_blocks, joined, oldest_first, onto_the_ring, places
from minirnn.scan.derivatives import transformed

PLAIN_SCORES = 64 * 64  # up to so many scores in a row's head, plain products cost next to nothing more


def attend(q: Tensor, k: Tensor, v: Tensor, visible: Tensor | None = None) -> Tensor:
    """softmax(q k^T / sqrt(d_head)) v, of the shape of q.

    q: (batch, n_heads, time, d_head); k, v: (batch, n_kv_heads, keys, d_head). visible: bool, (batch or 1, 1,
    time or 1, keys); None: each step sees itself and the past. torch's kernel never holds all scores at once,
    and is faster. Plain products, taken for small sizes and under `torch.func`, have every derivative.
    """
    fused = q.device.type != "cpu" or not torch.is_grad_enabled() or q.shape[2] * k.shape[2] > PLAIN_SCORES
    if fused and not transformed():
        return F.scaled_dot_product_attention(q, k, v, visible, is_causal=visible is None, enable_gqa=True)
    if visible is None:
        visible = torch.ones(1, 1, q.shape[2], k.shape[2], dtype=torch.bool, device=q.device).tril()
    # Heads that share their keys and values stand side by side.
    q = q.unflatten(1, (k.shape[1], -1)) / math.sqrt(q.shape[-1])
    scores = q @ k.unsqueeze(2).transpose(-1, -2) + torch.where(visible[:, None], 0.0, -math.inf).to(q.dtype)
    return (scores.softmax(-1) @ v.unsqueeze(2)).flatten(1, 2)


class Attention(Layer):
    """x (batch, time, d_model) -> y of the same shape.

    n_heads divides d_model; n_kv_heads divides n_heads (1: multi-query). window: how many keys a step sees,
    itself among them; None: all of them. rope_fraction, p_rope: see `rope_turns`. State: keys and values
    (batch, n_kv_heads, slots, d_head), and the steps seen since the document began, (batch,) int64. With a
    window there are `window` slots, else one for each step so far: that cache grows.
    """

    half_state = True

    def __init__(
        self,
        d_model: int,
        n_heads: int,
        n_kv_heads: int = 1,
        window: int | None = None,
        rope_fraction: float = 1.0,
        p_rope: bool = False,
    ) -> None:
        d_head, slots = d_model // n_heads, -1 if window is None else window
        super().__init__(d_model, [(n_kv_heads, slots, d_head), (n_kv_heads, slots, d_head), ()])
        if d_model % n_heads or n_heads % n_kv_heads:
            raise ValueError(
                f"n_heads is {n_heads} and n_kv_heads is {n_kv_heads}, expected divisors of "
                f"d_model = {d_model} and of n_heads"
            )
        if window is not None and window < 1:
            raise ValueError(f"window is {window}, expected at least 1, or None for no limit")
        self.d_model, self.n_heads, self.n_kv_heads, self.window = d_model, n_heads, n_kv_heads, window
        self.d_head = d_head
        self.qkv = linear(d_model, (n_heads + 2 * n_kv_heads) * d_head)
        self.out = linear(d_model, d_model)
        self.rope = Rope(d_head // 2, rope_fraction, p_rope)

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """An empty cache: `window` slots that nothing has been written to, or no slots."""
        k, v, seen = super().initial_state(batch, device, dtype)
        return k, v, seen.long()

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the cache after the last step.

        With a window the work grows with time * window, else with time * (cached + time).
        """
        self.check(x, state, reset)
        return self.run(x, state, reset)  # which is cheaper without a state than with an empty one

    def run(self, x: Tensor, state: State | None, reset: Tensor | None) -> Output:
        """As `forward`."""
        batch, seq_len, _ = x.shape
        seen_k, seen_v, seen = self.initial_state(batch, x.device, x.dtype) if state is None else state
        # Without a state all rows are at the same positions.
        position, document = places(seen[:1] if state is None else seen, seq_len, reset)
        q, k, v = self._project(x, position)
        now_seen = position[:, -1].expand(batch) + 1
        if state is None and reset is None and (self.window is None or seq_len <= self.window):
            return self._merge(attend(q, k, v)), self._remember(k, v, now_seen)

        # The cache in the order of time, oldest first; its last `seen` entries are of the current document.
        if self.window is not None:
            seen_k, seen_v = oldest_first(seen, seen_k, seen_v)
        in_cache = torch.arange(-seen_k.shape[2], 0, device=x.device) >= -seen[:, None]
        k, v = torch.cat([seen_k.to(k.dtype), k], 2), torch.cat([seen_v.to(v.dtype), v], 2)
        document = document.expand(batch, seq_len)
        key_document = torch.cat([torch.where(in_cache, 0, NOTHING), document], 1)
        of_blocks = in_blocks(q, k, v, document, key_document, self.window)
        y = joined(attend(*of_blocks), batch, seq_len)
        return self._merge(y), self._remember(k, v, now_seen)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next state."""
        seen_k, seen_v, seen = state
        q, k, v = self._project(x_t[:, None], seen[:, None])
        if self.window is None:
            k, v = torch.cat([seen_k, k], 2), torch.cat([seen_v, v], 2)
            slot = torch.arange(k.shape[2], device=k.device)
            visible = slot >= k.shape[2] - 1 - seen[:, None]
        else:
            slot = torch.arange(self.window, device=k.device)
            here = (slot == (seen % self.window)[:, None])[:, None, :, None]
            k, v = torch.where(here, k, seen_k), torch.where(here, v, seen_v)
            visible = slot <= seen[:, None]
        y = attend(q, k, v, visible[:, None, None])
        return self._merge(y)[:, 0], (k, v, seen + 1)

    def _project(self, x: Tensor, position: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """q, k, v, each (batch, heads, time, d_head), q and k turned by their position (batch or 1, time)."""
        qkv = self.qkv(x).unflatten(-1, (-1, self.d_head)).transpose(1, 2)
        qk, v = qkv.split([self.n_heads + self.n_kv_heads, self.n_kv_heads], 1)
        qk = self.rope(qk, position[:, None])
        return *qk.split([self.n_heads, self.n_kv_heads], 1), v

    def _merge(self, y: Tensor) -> Tensor:
        return self.out(y.transpose(1, 2).flatten(2))

    def _remember(self, k: Tensor, v: Tensor, seen: Tensor) -> State:
        """The state after the last of the keys k, v (batch, n_kv_heads, any, d_head), oldest first."""
        if self.window is None:
            return k, v, seen
        return *onto_the_ring(seen, self.window, k, v), seen
