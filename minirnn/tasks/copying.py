"""Copying: keep a few symbols for a long time. Selective copying: find them first.

A stretch of blanks (.) holds some data symbols; then come markers (>), and at each of them the next data
symbol is to be named, in the order they came.

    copying              selective copying
    3 1 2 . . . . > > >  . 3 . . 1 . 2 > > >    inputs
                  3 1 2                3 1 2    targets

In copying, every answer stands exactly n_data + delay steps after its symbol, so a fixed convolution, hence a
linear recurrence that is the same at all steps, can solve it. In selective copying the distance differs
from symbol to symbol: a layer must look at its input to tell what to keep.

Tokens: 0 is the blank, 1 to n_symbols are data, n_symbols + 1 is the marker.
Chance: a network that has learnt all but the memory names each symbol with probability 1/n_symbols.

(Copying: Arjovsky et al. 2016, "Unitary Evolution Recurrent Neural Networks", arXiv 1511.06464, where the
marker stands only once. Selective copying: Gu and Dao 2023, "Mamba", arXiv 2312.00752, appendix E.1, with
16 of 4,096 tokens and n_symbols = 14.)
"""

import numpy as np
from numpy.typing import NDArray

from minirnn.tasks.common import Batch, Chance, Seed, at_least, guess, last_steps


def copying_chance(n_symbols: int) -> Chance:
    """The score per symbol, in both tasks, of a network that remembers nothing."""
    return guess(n_symbols)


def copying(batch: int, n_data: int, delay: int, n_symbols: int, seed: Seed) -> Batch:
    """Name n_data symbols again, n_data + delay steps after each was seen.

    inputs, targets (batch, n_data + delay + n_data) int64; the last n_data steps count.
    Raises ValueError for n_data < 1, delay < 0 or n_symbols < 2.
    """
    at_least(1, batch=batch, n_data=n_data)
    at_least(0, delay=delay)
    at_least(2, n_symbols=n_symbols)
    data = np.random.default_rng(seed).integers(1, n_symbols + 1, (batch, n_data))
    return _batch(data, np.arange(n_data), n_data + delay, n_symbols + 1)


def selective_copying(batch: int, length: int, n_data: int, n_symbols: int, seed: Seed) -> Batch:
    """Name n_data symbols again that stood anywhere among `length` steps, the rest of them blank.

    inputs, targets (batch, length + n_data) int64; the last n_data steps count. All sets of places are
    equally likely. Raises ValueError for n_data < 1, length < n_data or n_symbols < 2.
    """
    at_least(1, batch=batch, n_data=n_data)
    at_least(n_data, length=length)
    at_least(2, n_symbols=n_symbols)
    rng = np.random.default_rng(seed)
    data = rng.integers(1, n_symbols + 1, (batch, n_data))
    places = np.sort(rng.random((batch, length)).argsort(1)[:, :n_data])
    return _batch(data, places, length, n_symbols + 1)


def _batch(data: NDArray[np.int64], places: NDArray[np.int64], length: int, marker: int) -> Batch:
    batch, n_data = data.shape
    inputs, targets = np.zeros((2, batch, length + n_data), np.int64)
    inputs[np.arange(batch)[:, None], places] = data
    inputs[:, length:] = marker
    targets[:, length:] = data
    return Batch(inputs, targets, last_steps(batch, length + n_data, n_data))
