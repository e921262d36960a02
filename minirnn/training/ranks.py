"""Data parallel: the same model in many processes, each with some rows of the batch.

    L = 1/B sum over rows b of L_b        grad L = sum over ranks r of grad(1/B sum over b in rows(r) of L_b)

A gradient is linear. So each process ("rank") computes the part of its own rows, one all-reduce adds the
parts up, and every rank holds the gradient of the whole batch, the same bits everywhere. The optimisers are
deterministic: weights that begin equal stay equal and never travel. What travels is one message of the size
of the model, each step, whatever the batch.

One thing cannot be computed everywhere: the time. Rank 0 alone reads the clock, hears Ctrl-C, measures,
prints and writes files. It orders the others to take a step at some learning rate, to save, or to end.

Sources: Goyal et al. 2017, "Accurate, large minibatch SGD", section 3 (divide by the size of the whole
batch); Patarasuk & Yuan 2009 (all-reduce on a ring of N: each rank sends 2 (N - 1) / N times the message).
Li et al. 2020, "PyTorch Distributed", sends the gradient in pieces while the rest is computed; we do not.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from minirnn.base.errors import UsageError, UserError

LOST = (
    "A process of this training was lost, so the others end too: go on from the last checkpoint with "
    "--resume, with as many processes as you like"
)


class Order(IntEnum):
    """What rank 0 tells the others to do."""

    LEARN = 0  # a step at some share of the peak learning rate
    SAVE = 1
    END = 2


class Ranks:
    """The processes that train together, seen from one of them; by default this one is alone.

    Each method but `rows` and `first` must be called by all ranks in the same order, where what rank 0 orders
    the others hear. Each raises UserError when another process is gone.
    """

    def __init__(self, rank: int = 0, size: int = 1, store: Any = None) -> None:
        self.rank, self.size, self.store = rank, size, store

    def rows(self, batch: int, rank: int | None = None) -> slice:
        """The rows of the batch that are this rank's, or that of `rank`. UsageError if some rank had none."""
        if batch < self.size:
            raise UsageError(
                f"A batch of {batch} cannot be shared by {self.size} processes: give --batch {self.size} or "
                "more, or start fewer processes."
            )
        rank = self.rank if rank is None else rank
        return slice(rank * batch // self.size, (rank + 1) * batch // self.size)

    def add(self, parameters: Iterable[nn.Parameter], loss: Tensor) -> Tensor:
        """Add up the gradients of all ranks, in place, and their losses (scalars); gives the sum of these."""
        if self.size == 1:
            return loss
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([*(gradient.flatten() for gradient in gradients), loss.detach().flatten()])
        flat = flat if flat.is_cuda else flat.cpu()  # gloo knows no other device
        with _together():
            dist.all_reduce(flat)
        *parts, total = flat.split([*(gradient.numel() for gradient in gradients), 1])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))
        return total[0]

    def order(self, order: Order, scale: float = 0.0) -> None:
        """On rank 0: tell the others what to do next; `scale` is that of the learning rate of a step."""
        if self.size > 1:
            self._broadcast(torch.tensor([order, scale], dtype=torch.float64))

    def hear(self) -> tuple[Order, float]:
        """On the others: the next order of rank 0 and its scale, however long they take."""
        order, scale = self._broadcast(torch.zeros(2, dtype=torch.float64)).tolist()
        return Order(int(order)), scale

    def _broadcast(self, said: Tensor) -> Tensor:
        with _together():
            dist.broadcast(said, src=0)
        return said

    def path(self, path: str) -> str:
        """The path that rank 0 gives, on all ranks."""
        if self.size == 1:
            return path
        if self.rank == 0:
            self.store.set("path", path)
        with _together():
            return str(self.store.get("path").decode())  # waits until it is there

    def whole(self, state: tuple[Tensor, ...] | None, batch: int) -> tuple[Tensor, ...] | None:
        """Put the rows of all ranks together: (batch, ...) from (rows, ...). Other ranks than 0 get None."""
        if self.size == 1 or state is None:
            return state
        joined = []
        with _together():
            for part in (tensor.cpu().contiguous() for tensor in state):
                if self.rank:
                    dist.send(part.view(torch.uint8), dst=0)
                    continue
                joined.append(part.new_empty(batch, *part.shape[1:]))
                joined[-1][self.rows(batch)] = part
                for rank in range(1, self.size):
                    dist.recv(joined[-1][self.rows(batch, rank)].view(torch.uint8), src=rank)
        return tuple(joined) if self.rank == 0 else None

    def meet(self) -> None:
        """Wait for all ranks."""
        if self.size > 1:
            with _together():
                dist.all_reduce(torch.zeros(1))  # on the CPU, where dist.barrier might choose the GPU

    def leave(self) -> None:
        """Leave the group together, as NCCL requires."""
        if self.size > 1:
            self.meet()
            dist.destroy_process_group()

    def first(self) -> bool:
        """Whether no other rank has asked: so that what all of them know is printed once."""
        try:
            return self.store is None or self.store.add("who tells", 1) == 1
        except RuntimeError:  # the store is gone with whoever held it: better twice than never
            return True


ALONE = Ranks()


@contextmanager
def join(device: str) -> Iterator[Ranks]:
    """Within it, this process is one of those that torchrun started; without torchrun it is alone.

    device: as for choose_device; on CUDA each process takes the GPU of its number. When all fail, the first
    to leave says why; the others end without a word. Where it ends well, only rank 0 goes on.
    """
    size = int(os.environ.get("WORLD_SIZE", 1)) if "TORCHELASTIC_RUN_ID" in os.environ else 1
    if size == 1:
        yield ALONE
        return
    from torch.distributed.rendezvous import rendezvous  # some builds of torch lack it

    # torchrun sends it when a process is lost; while it trains, train.interrupts handles it instead.
    signal.signal(signal.SIGTERM, _ended)
    store, rank, _ = next(rendezvous("env://"))
    ranks = Ranks(rank, size, store)
    try:
        local, cuda = int(os.environ["LOCAL_RANK"]), device in ("auto", "cuda") and torch.cuda.is_available()
        if cuda and local >= (gpus := torch.cuda.device_count()):
            raise UsageError(
                f"--nproc-per-node can be {gpus} at most, the number of GPUs, or use --device cpu."
            )
        if cuda:
            torch.cuda.set_device(local)  # from here on "cuda" means this one
        backend = "cpu:gloo,cuda:nccl" if cuda else "gloo"
        with _together():
            dist.init_process_group(backend, store=store, rank=rank, world_size=size)
        yield ranks
        if dist.is_initialized():  # else they have left
            dist.destroy_process_group()
        if rank:
            # Nothing is left to do. A process that ends right after it has left the group is now and then
            # aborted by threads of torch that have not ended yet, and torchrun takes that for a failure.
            sys.stdout.flush()
            os._exit(0)
    except (UserError, KeyboardInterrupt) as error:
        # We end anyway; what we have to say comes first.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if not ranks.first():
            raise SystemExit(getattr(error, "exit_code", 1)) from None
        if rank:  # the command lets only rank 0 speak, but that one may be lost
            raise SystemExit(f"minirnn: {str(error) or 'Stopped.'}") from None
        raise


def _ended(number: int, frame: object) -> None:
    raise UserError("torchrun ended this process, because another one was lost or it was told to end itself.")


@contextmanager
def _together() -> Iterator[None]:
    """Say that a process is gone, and why in the words of torch.distributed."""
    try:
        yield
    except RuntimeError as error:
        reason = re.sub(r"^\[\S+\] ", "", str(error)).partition(". ")[0]  # without gloo's own line number
        raise UserError(f"{LOST} ({reason}).") from error
