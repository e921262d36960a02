"""What attention over a window of w keys needs: a cache that is a ring, and blocks that see no further.

The cache has w slots, and position p is written to slot p mod w over the oldest key. So cost and memory of a
step are the same at every position.

A long sequence is cut into blocks no longer than w. Then a block sees itself and the w keys before it, and
seq_len * 2 w scores take the place of seq_len^2.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

NOTHING, PADDING = -1, -2  # document numbers that no real step has


def places(seen: Tensor, seq_len: int, reset: Tensor | None) -> tuple[Tensor, Tensor]:
    """The position of each step in its document, and the number of that document; both int64 (rows, time).

    seen (rows,): the steps of document 0 before these; reset (rows, time): where the next one begins.
    """
    clock = torch.arange(seq_len, device=seen.device)
    position = seen[:, None] + clock
    if reset is None:
        return position, torch.zeros_like(position)
    document = reset.cumsum(1)
    begin = torch.where(reset, clock, 0).cummax(1).values
    return torch.where(document > 0, clock - begin, position), document


def oldest_first(seen: Tensor, *rings: Tensor) -> tuple[Tensor, ...]:
    """Rings (batch, heads, window, d_head) after `seen` (batch,) positions, in the order of time."""
    window = rings[0].shape[2]
    slot = torch.arange(window, device=seen.device)
    return _gather((seen[:, None] + slot) % window, *rings)


def onto_the_ring(seen: Tensor, window: int, *lines: Tensor) -> tuple[Tensor, ...]:
    """The rings after lines (batch, heads, any, d_head), oldest first, whose last position is seen - 1."""
    # Slot j holds the newest position p < seen with p = j mod window.
    age = (seen[:, None] - 1 - torch.arange(window, device=seen.device)) % window
    return _gather((lines[0].shape[2] - 1 - age).clamp(min=0), *lines)


def _gather(index: Tensor, *lines: Tensor) -> tuple[Tensor, ...]:
    """Each (batch, heads, slots, d_head) at index (batch, new slots)."""
    index = index[:, None, :, None]
    return tuple(x.gather(2, index.expand(x.shape[0], x.shape[1], -1, x.shape[3])) for x in lines)


def in_blocks(
    q: Tensor, k: Tensor, v: Tensor, document: Tensor, key_document: Tensor, window: int | None
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """q, k and v of each block, as rows of one batch, and which keys each of its steps sees.

    q (batch, heads, time, d_head); k, v (batch, heads, cached + time, d_head), those before q first, `window`
    of them; without a window any number, and all is one block. document (batch, time), key_document (batch,
    cached + time): a step sees keys of its own document alone. The last block is filled up with steps of no
    document. Returns q (batch * blocks, heads, block, d_head), k and v (.., cached + block, d_head), and bool
    (batch * blocks, 1, block, cached + block).
    """
    seq_len, cached = q.shape[2], k.shape[2] - q.shape[2]
    block = seq_len if window is None else min(seq_len, window)
    padding = -seq_len % block
    q, k, v = (F.pad(z, (0, 0, 0, padding)) for z in (q, k, v))
    document, key_document = (F.pad(z, (0, padding), value=PADDING) for z in (document, key_document))
    query = torch.arange(block, device=q.device)[:, None]
    key = torch.arange(cached + block, device=q.device)
    near = key <= query + cached
    if window is not None:
        near = near & (key > query)
    theirs = key_document.unfold(1, cached + block, block)[:, :, None]
    same = document.unflatten(1, (-1, block))[..., None] == theirs
    q = q.unflatten(2, (-1, block)).transpose(1, 2).flatten(0, 1)
    k, v = (z.unfold(2, cached + block, block).permute(0, 2, 1, 4, 3).flatten(0, 1) for z in (k, v))
    return q, k, v, (near & same).flatten(0, 1)[:, None]


def joined(y: Tensor, batch: int, seq_len: int) -> Tensor:
    """What came of the blocks, (batch * blocks, heads, block, d_head) -> (batch, heads, time, d_head)."""
    blocks = -(-seq_len // y.shape[2])
    return y.unflatten(0, (batch, blocks)).transpose(1, 2).flatten(2, 3)[:, :, :seq_len]
