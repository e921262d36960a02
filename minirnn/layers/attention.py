"""Causal attention with rotary positions, over everything so far or over a window of recent steps.

    y_t = W_o concat_heads( sum_s softmax_s(q_t . k_s / sqrt(d_head)) v_s ),   t - window < s <= t

Shapes: y_t (d_model,); in each head q_t, k_s and v_s (d_head,). (Vaswani et al. 2017, arXiv 1706.03762,
equation 1.) A window of w sees w keys, the current one among them; the released Griffin code lets through
w + 1. With one key-value head for all query heads it is multi-query attention (Shazeer 2019, arXiv
1911.02150), whose cache is n_heads times smaller.

Queries and keys are turned by their position (rope.py), so that q . k depends on the distance alone.

The window's cache is a ring: position p is written to slot p mod window over the oldest key. A softmax does
not care about order and keys keep their turn, so a step reads the ring as it lies. Cost and memory of a step
are then the same at every position. A step returns a new ring and leaves the one it was given as it was.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.common import (
    Device,
    DType,
    Output,
    State,
    check_sequence,
    check_state,
    check_step,
    first_weight,
    linear,
)
from minirnn.layers.rope import Rope
from minirnn.scan.derivatives import transformed

PLAIN_SCORES = 64 * 64  # up to so many scores in a row's head, plain products cost next to nothing more
NOTHING, PADDING = -1, -2  # document numbers that no real step has


class Attention(nn.Module):
    """x (batch, time, d_model) -> y of the same shape.

    n_heads divides d_model; n_kv_heads divides n_heads (1: multi-query). window: how many keys a step sees,
    itself among them; None: all of them. rope_fraction, p_rope: see `rope_turns`. State: keys and values
    (batch, n_kv_heads, slots, d_head), and the steps seen since the document began, (batch,) int64. With a
    window there are `window` slots, else one for each step so far: that cache grows.
    """

    def __init__(
        self,
        d_model: int,
        n_heads: int,
        n_kv_heads: int = 1,
        window: int | None = None,
        rope_fraction: float = 1.0,
        p_rope: bool = False,
    ) -> None:
        super().__init__()
        if d_model % n_heads or n_heads % n_kv_heads:
            raise ValueError(
                f"n_heads is {n_heads} and n_kv_heads is {n_kv_heads}, expected divisors of "
                f"d_model = {d_model} and of n_heads"
            )
        if window is not None and window < 1:
            raise ValueError(f"window is {window}, expected at least 1, or None for no limit")
        self.d_model, self.n_heads, self.n_kv_heads, self.window = d_model, n_heads, n_kv_heads, window
        self.d_head = d_model // n_heads
        self.qkv = linear(d_model, (n_heads + 2 * n_kv_heads) * self.d_head)
        self.out = linear(d_model, d_model)
        self.rope = Rope(self.d_head // 2, rope_fraction, p_rope)

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """An empty cache: `window` slots that nothing has been written to, or no slots."""
        shape, weight = (batch, self.n_kv_heads, self.window or 0, self.d_head), first_weight(self)
        cache = torch.zeros(shape, device=device or weight.device, dtype=dtype or weight.dtype)
        return cache, cache.clone(), torch.zeros(batch, dtype=torch.int64, device=cache.device)

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the cache after the last step.

        With a window the work grows with time * window, else with time * (cached + time).
        """
        check_sequence(x, self.d_model, first_weight(self), reset)
        batch, time, _ = x.shape
        clock = torch.arange(time, device=x.device)
        if state is None and reset is None:
            q, k, v = self._project(x, clock[None])
            if self.window is None or time <= self.window:
                y = attend(q, k, v)
                return self._merge(y), self._remember(k, v, clock[-1:].expand(batch) + 1)
        carried = self.initial_state(batch, x.device, x.dtype) if state is None else state
        self._check(carried, batch)
        seen_k, seen_v, seen = carried
        position = seen[:, None] + clock
        document = torch.zeros_like(position)
        if reset is not None:
            document = reset.cumsum(1)
            begin = torch.where(reset, clock, 0).cummax(1).values
            position = torch.where(document > 0, clock - begin, position)
        if state is not None or reset is not None:
            q, k, v = self._project(x, position)

        # The cache in the order of time, oldest first; its last `seen` entries are of the current document.
        n_slots = seen_k.shape[2]
        slot = torch.arange(n_slots, device=x.device)
        if self.window is not None:
            oldest_first = (seen[:, None] + slot) % self.window
            seen_k, seen_v = _gather(seen_k, oldest_first), _gather(seen_v, oldest_first)
        in_cache = torch.where(slot >= n_slots - seen[:, None], 0, NOTHING)
        k, v = torch.cat([seen_k.to(k.dtype), k], 2), torch.cat([seen_v.to(v.dtype), v], 2)
        key_document = torch.cat([in_cache, document], 1)
        y = self._attend(q, k, v, document, key_document)
        return self._merge(y), self._remember(k, v, position[:, -1] + 1)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model) and the next state."""
        check_step(x_t, self.d_model, first_weight(self))
        self._check(state, x_t.shape[0])
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

    def _check(self, state: State, batch: int) -> None:
        check_state(state, *[(batch, self.n_kv_heads, self.window or -1, self.d_head)] * 2, (batch,))

    def _project(self, x: Tensor, position: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """q, k, v, each (batch, heads, time, d_head), q and k turned by their position (batch or 1, time)."""
        qkv = self.qkv(x).unflatten(-1, (-1, self.d_head)).transpose(1, 2)
        qk, v = qkv.split([self.n_heads + self.n_kv_heads, self.n_kv_heads], 1)
        qk = self.rope(qk, position[:, None])
        return *qk.split([self.n_heads, self.n_kv_heads], 1), v

    def _merge(self, y: Tensor) -> Tensor:
        return self.out(y.transpose(1, 2).flatten(2))

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, document: Tensor, key_document: Tensor) -> Tensor:
        """q (.., time, d_head) over k, v (.., cached + time, d_head): past, in window, same document."""
        time, cached = q.shape[2], k.shape[2] - q.shape[2]
        if self.window is None:
            causal = torch.ones(time, cached + time, dtype=torch.bool, device=q.device).tril(cached)
            mask = causal & (document[:, :, None] == key_document[:, None])
            return attend(q, k, v, mask[:, None])
        # Cut time into blocks no longer than the window: a block sees itself and the `window` keys before it.
        block = min(time, self.window)
        padding = -time % block
        q, k, v = (F.pad(z, (0, 0, 0, padding)) for z in (q, k, v))
        document, key_document = (F.pad(z, (0, padding), value=PADDING) for z in (document, key_document))
        query = torch.arange(block, device=q.device)[:, None]
        key = torch.arange(cached + block, device=q.device)
        in_window = (key > query) & (key <= query + cached)
        theirs = key_document.unfold(1, cached + block, block)[:, :, None]
        same = document.unflatten(1, (-1, block))[..., None] == theirs
        q = q.unflatten(2, (-1, block)).transpose(1, 2).flatten(0, 1)
        k, v = (z.unfold(2, cached + block, block).permute(0, 2, 1, 4, 3).flatten(0, 1) for z in (k, v))
        y = attend(q, k, v, (in_window & same).flatten(0, 1)[:, None])
        y = y.unflatten(0, (document.shape[0], document.shape[1] // block))
        return y.transpose(1, 2).flatten(2, 3)[:, :, :time]

    def _remember(self, k: Tensor, v: Tensor, seen: Tensor) -> State:
        """The state after the last of the keys k, v (batch, n_kv_heads, any, d_head), oldest first."""
        if self.window is None:
            return k, v, seen
        # Slot j holds the newest position p < seen with p = j mod window.
        age = (seen[:, None] - 1 - torch.arange(self.window, device=k.device)) % self.window
        index = (k.shape[2] - 1 - age).clamp(min=0)
        return _gather(k, index), _gather(v, index), seen


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


def _gather(x: Tensor, index: Tensor) -> Tensor:
    """x (batch, heads, slots, d_head) at index (batch, new slots)."""
    return x.gather(2, index[:, None, :, None].expand(x.shape[0], x.shape[1], -1, x.shape[3]))
