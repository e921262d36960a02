"""What all tasks share: the batch they return, the score of a guess, and the checks of their sizes."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Seed = int | Sequence[int]


class Batch(NamedTuple):
    """inputs (batch, time) int64, or (batch, time, ...) float32; targets (batch, time) int64 or float32;
    mask (batch, time) bool, True at the steps that count."""

    inputs: NDArray[Any]
    targets: NDArray[Any]
    mask: NDArray[np.bool_]


class Chance(NamedTuple):
    """The score of a guess: the share of right answers, and the cross-entropy in nats per answer."""

    accuracy: float
    nats: float


def guess(answers: int) -> Chance:
    """What one scores, knowing nothing, when so many answers are equally likely."""
    return Chance(1 / answers, math.log(answers))


def at_least(minimum: int, **sizes: int) -> None:
    """Raise ValueError if one of the named sizes is smaller than `minimum`."""
    for name, size in sizes.items():
        if size < minimum:
            raise ValueError(f"{name} is {size}, expected at least {minimum}")


def last_steps(batch: int, seq_len: int, steps: int = 1) -> NDArray[np.bool_]:
    """A mask (batch, time) that counts the last `steps` steps alone."""
    return np.tile(np.arange(seq_len) >= seq_len - steps, (batch, 1))
