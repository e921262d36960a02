"""Time cut over processes: who wants a sequence read in pieces says so around the calls, not in each of them.

    with cut_over(group):
        y, state = layer(x, state)     # x: this process's piece

Inside, `scan`, the short convolution and all layers made of them take what they are given as one piece of a
longer sequence (`minirnn.scan.across` says how). A layer whose steps meet in another way refuses.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch.distributed import ProcessGroup

# Of the whole process, as torch's default group is: all ranks make the same calls in the same order, so no
# second thread could make calls of its own. (And torch.compile watches a global, but no ContextVar.)
_group: "ProcessGroup | None" = None


@contextmanager
def cut_over(group: "ProcessGroup | None") -> Iterator[None]:
    """Cut time over the processes of `group`, for all calls inside; None: not cut, whatever is around.

    Each rank gives its consecutive piece, in the order of the ranks. Pieces may differ in length; for `scan`
    they may be empty. Gradients remember their group, so `backward` may run outside; what is computed anew in
    it (`torch.utils.checkpoint`) may not.
    """
    global _group
    before, _group = _group, group
    try:
        yield
    finally:
        _group = before


def cut() -> "ProcessGroup | None":
    """The processes over which time is cut here; None: it is not cut."""
    return _group


def must_be_whole(what: str) -> None:
    """Raise ValueError where time is cut: `what` reads whole sequences alone."""
    if _group is not None:
        raise ValueError(f"{what} cannot read a sequence that is cut over processes (cut_over)")


def has_the_beginning() -> bool:
    """Whether the piece that this process reads begins the sequence."""
    return _group is None or torch.distributed.get_rank(_group) == 0
