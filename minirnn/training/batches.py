"""The data of each step of training: windows of the text, cut on the host, sent to where the model is.

Which windows a step gets depends on the seed and on the step alone, so a run that is resumed reads what it
would have read. That also lets a thread cut the next step's windows while a GPU computes this one's: they
go through page-locked memory, from which a GPU fetches by itself, and nobody waits. The text itself stays
on the host, as small integers, so that its length is no matter to the GPU's memory.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


@dataclass(frozen=True)
class Cut:
    """How windows are cut: batch, how many at each step; seq_len, tokens in each; and the seed.

    With `carry`, `batch` streams each own an equal share of the text, read as a ring, and read it window
    after window, from a start drawn anew for each epoch; without it, each window starts anywhere.
    """

    batch: int
    seq_len: int
    carry: bool
    seed: int

    def text(self, ids: NDArray[Any], step: int) -> tuple[NDArray[Any], bool]:
        """The text of one step, and whether the state starts at zero.

        ids: all of the text, 1-D integers. Gives (batch, seq_len + 1) in the dtype of `ids`.
        """
        if self.carry:
            share = len(ids) // self.batch
            epoch, k = divmod(step, max(1, share // self.seq_len))
            first = np.random.default_rng((self.seed, epoch)).integers(len(ids))
            starts = first + share * np.arange(self.batch) + k * self.seq_len
        else:
            k, starts = 0, np.random.default_rng((self.seed, step)).integers(len(ids), size=self.batch)
        return ids[(starts[:, None] + np.arange(self.seq_len + 1)) % len(ids)], k == 0


def windows(ids: NDArray[Any], step: int, cut: Cut) -> tuple[Tensor, Tensor, bool]:
    """Inputs and targets of one step, int64 (batch, seq_len), and whether the state starts at zero."""
    text, fresh = cut.text(ids, step)
    tokens = torch.from_numpy(text.astype(np.int64))
    return tokens[:, :-1], tokens[:, 1:], fresh


class Feed:
    """Called with a step, gives what `windows` does, on `device`.

    rows: those that are wanted of the batch (ranks.py shares it). ahead: cut the windows of the following
    step in a thread meanwhile.
    """

    def __init__(
        self, ids: NDArray[Any], cut: Cut, device: torch.device, rows: slice = slice(None), *, ahead: bool
    ) -> None:
        self.ids, self.cut, self.device, self.rows = ids, cut, device, rows
        self.worker = ThreadPoolExecutor(1, "windows") if ahead else None
        self.next: tuple[int, Future[tuple[Tensor, bool]]] | None = None  # of which step, and its text

    def __call__(self, step: int) -> tuple[Tensor, Tensor, bool]:
        """Inputs and targets, int64 (batch, seq_len) on the device, and whether the state starts at zero."""
        if self.worker is None:
            inputs, targets, fresh = windows(self.ids, step, self.cut)
            return inputs[self.rows].to(self.device), targets[self.rows].to(self.device), fresh
        expected = self.next is not None and self.next[0] == step
        text, fresh = self.next[1].result() if self.next and expected else self._text(step)
        self.next = step + 1, self.worker.submit(self._text, step + 1)
        # torch does not use a page-locked block again before the copy that reads it is done.
        tokens = text.to(self.device, non_blocking=True).long()
        return tokens[:, :-1], tokens[:, 1:], fresh

    def _text(self, step: int) -> tuple[Tensor, bool]:
        text, fresh = self.cut.text(self.ids, step)
        text = text[self.rows]
        # A byte each if it can be; torch calculates with few of the other unsigned types.
        tokens = torch.from_numpy(text if text.dtype == np.uint8 else text.astype(np.int64))
        return tokens.pin_memory() if self.device.type == "cuda" else tokens, fresh
