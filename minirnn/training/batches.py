"""The data of each step of training: windows of the text, cut on the host, sent to where the model is.

Which windows a step gets depends on the seed and on the step alone, so a run that is resumed reads what it
would have read. That also lets a thread cut the next step's windows while a GPU computes this one's: they
go through page-locked memory, from which a GPU fetches by itself, and nobody waits. The text itself stays
on the host, as small integers, so that its length is no matter to the GPU's memory.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def cut(
    ids: NDArray[Any], step: int, *, batch: int, seq_len: int, carry: bool, seed: int
) -> tuple[NDArray[Any], bool]:
    """The text of one step, (batch, seq_len + 1) in the dtype of `ids`, and whether the state starts at zero.

    ids: the text, 1-D integers, read as a ring. With `carry`, `batch` streams each own an equal share
    of the ring and read it window after window, from a start drawn anew for each epoch; without it,
    each window starts anywhere.
    """
    if carry:
        share = len(ids) // batch
        epoch, k = divmod(step, max(1, share // seq_len))
        first = np.random.default_rng((seed, epoch)).integers(len(ids))
        starts = first + share * np.arange(batch) + k * seq_len
    else:
        k, starts = 0, np.random.default_rng((seed, step)).integers(len(ids), size=batch)
    return ids[(starts[:, None] + np.arange(seq_len + 1)) % len(ids)], k == 0


def windows(
    ids: NDArray[Any], step: int, *, batch: int, seq_len: int, carry: bool, seed: int
) -> tuple[Tensor, Tensor, bool]:
    """Inputs and targets of one step, int64 (batch, seq_len), and whether the state starts at zero."""
    text, fresh = cut(ids, step, batch=batch, seq_len=seq_len, carry=carry, seed=seed)
    tokens = torch.from_numpy(text.astype(np.int64))
    return tokens[:, :-1], tokens[:, 1:], fresh


class Feed:
    """Called with a step, gives what `windows` does, on `device`; `how` are the other arguments of `windows`.

    rows: those that are wanted of the batch (ranks.py shares it). ahead: cut the windows of the following
    step in a thread meanwhile.
    """

    def __init__(
        self, ids: NDArray[Any], device: torch.device, rows: slice = slice(None), *, ahead: bool, **how: Any
    ) -> None:
        self.ids, self.device, self.rows, self.how = ids, device, rows, how
        self.worker = ThreadPoolExecutor(1, "windows") if ahead else None
        self.next: tuple[int, Future[tuple[Tensor, bool]]] | None = None  # of which step, and its text

    def __call__(self, step: int) -> tuple[Tensor, Tensor, bool]:
        """Inputs and targets, int64 (batch, seq_len) on the device, and whether the state starts at zero."""
        if self.worker is None:
            inputs, targets, fresh = windows(self.ids, step, **self.how)
            return inputs[self.rows].to(self.device), targets[self.rows].to(self.device), fresh
        expected = self.next is not None and self.next[0] == step
        text, fresh = self.next[1].result() if self.next and expected else self._text(step)
        self.next = step + 1, self.worker.submit(self._text, step + 1)
        # torch does not use a page-locked block again before the copy that reads it is done.
        tokens = text.to(self.device, non_blocking=True).long()
        return tokens[:, :-1], tokens[:, 1:], fresh

    def _text(self, step: int) -> tuple[Tensor, bool]:
        text, fresh = cut(self.ids, step, **self.how)
        text = text[self.rows]
        # A byte each if it can be; torch calculates with few of the other unsigned types.
        tokens = torch.from_numpy(text if text.dtype == np.uint8 else text.astype(np.int64))
        return tokens.pin_memory() if self.device.type == "cuda" else tokens, fresh
