"""Add-beta n-grams: how far counting alone gets, the number every network has to beat.

A model of order k looks at the k symbols before x, its context c, and predicts

    p(x | c) = (n(c, x) + beta) / (n(c) + beta * V)

where n(c, x) counts how often x followed c in the training text, n(c) = sum over x of n(c, x), and
V is the size of the vocabulary. beta = 1 is Laplace's rule, beta = 1/2 Krichevsky and Trofimov's.
beta matters because the longer the context, the fewer times it was seen: with beta = 0 one unseen
pair costs log 0 = infinity, with a large beta every prediction drowns in the uniform 1/V. A context
that was never seen gets exactly 1/V.

The loss is the mean of -log p over the validation tokens, in nats; divide by log 2 for bits.
The first validation tokens take their context from the end of the training text, because the one
follows the other in the corpus, so every validation token counts for every order. The best beta is
picked on the validation text itself, which flatters the n-gram a little and the network not at all.

Contexts are numbered 0, 1, 2, ... order by order (a context and the next symbol make the next
order's context), so codes stay below (distinct contexts) * V and cannot overflow. A text of 100 MB
takes about 2 GB of memory and some tens of seconds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHUNK = 1 << 22  # tokens per step: temporary arrays stay small on corpora of 100 MB
TABLE = 1 << 26  # a table with one cell for every possible code is faster than sorting, up to here


@dataclass(frozen=True)
class Baseline:
    """One n-gram: its `order` k, the best `beta` for it, and its validation loss in `nats` per token."""

    order: int
    beta: float
    nats: float


def baselines(
    train: NDArray[np.integer],
    val: NDArray[np.integer],
    vocab_size: int,
    orders: Iterable[int] = range(6),
    betas: Sequence[float] = (1.0, 0.3, 0.1, 0.03, 0.01),
) -> list[Baseline]:
    """Fit add-beta n-grams on `train` and give, for each order, the best beta and its loss on `val`.

    train, val: 1-D integer arrays of token ids in [0, vocab_size); val follows train in the corpus.
    orders: context lengths, 0 or more. betas: the positive values tried. The first of equals wins.
    Returns one Baseline for each order, in the order given. Raises ValueError for other input.
    """
    orders = list(orders)
    train, val = np.asarray(train), np.asarray(val)
    _check(train, val, vocab_size, orders, betas)
    tokens = np.concatenate([train, val])
    found: dict[int, Baseline] = {}
    context, n_contexts = np.zeros(len(tokens), np.int32), 1
    # Only the symbols that occur need a code (27 of the 256 bytes in text8).
    tokens, n_symbols = _number(context, 1, tokens, vocab_size)
    for order in range(max(orders, default=-1) + 1):
        # The (order + 1)-gram that ends at t is the context of t + 1 in the next order.
        gram, n_grams = _number(context, n_contexts, tokens, n_symbols)
        if order in orders:
            # The first `order` tokens of the text have no full context; nothing is counted for them.
            counted = slice(order, len(train))
            n_context = _count(context[counted], n_contexts)[context[len(train) :]]
            n_gram = _count(gram[counted], n_grams)[gram[len(train) :]]
            losses = [
                float(np.mean(np.log(n_context + beta * vocab_size) - np.log(n_gram + beta)))
                for beta in betas
            ]
            best = int(np.argmin(losses))
            found[order] = Baseline(order, float(betas[best]), losses[best])
        context[1:], n_contexts = gram[:-1], n_grams
    return [found[order] for order in orders]


def _check(
    train: NDArray[np.integer],
    val: NDArray[np.integer],
    vocab_size: int,
    orders: list[int],
    betas: Sequence[float],
) -> None:
    for name, ids in (("train", train), ("val", val)):
        if ids.ndim != 1 or not np.issubdtype(ids.dtype, np.integer):
            raise ValueError(f"{name} must be a 1-D integer array; got shape {ids.shape}, dtype {ids.dtype}")
        if len(ids) == 0:
            raise ValueError(f"{name} is empty; an n-gram needs at least one token in each part")
        if ids.min() < 0 or ids.max() >= vocab_size:
            raise ValueError(
                f"{name} has ids from {ids.min()} to {ids.max()}; "
                f"vocab_size {vocab_size} allows 0 to {vocab_size - 1}"
            )
    if any(order < 0 for order in orders):
        raise ValueError(f"an order is a context length, 0 or more; got {orders}")
    if not betas or any(beta <= 0 for beta in betas):
        raise ValueError(f"betas must be positive, or an unseen pair would cost infinity; got {list(betas)}")


def _chunks(length: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, length, CHUNK))


def _number(
    context: NDArray[np.int32], n_contexts: int, tokens: NDArray[np.integer], n_symbols: int
) -> tuple[NDArray[np.int32], int]:
    """Number the distinct pairs (context, token), 0, 1, 2, ...: each position's number, and how many."""

    def codes(part: slice) -> NDArray[np.int64]:
        return context[part].astype(np.int64) * n_symbols + tokens[part]

    gram = np.empty_like(context)
    if n_contexts * n_symbols <= TABLE:
        seen = np.zeros(n_contexts * n_symbols, bool)
        for part in _chunks(len(tokens)):
            seen[codes(part)] = True
        number = np.cumsum(seen, dtype=np.int32) - np.int32(1)
        for part in _chunks(len(tokens)):
            gram[part] = number[codes(part)]
        return gram, int(number[-1]) + 1
    distinct = np.empty(0, np.int64)
    for part in _chunks(len(tokens)):
        merged = np.sort(np.concatenate([distinct, codes(part)]))
        distinct = merged[np.diff(merged, prepend=-1) > 0]
    for part in _chunks(len(tokens)):
        code = codes(part)
        # Looking up in sorted order is many times faster: neighbours share the cache.
        order = np.argsort(code)
        gram[part][order] = np.searchsorted(distinct, code[order])
    return gram, len(distinct)


def _count(numbers: NDArray[np.int32], size: int) -> NDArray[np.int64]:
    counts = np.zeros(size, np.int64)
    for part in _chunks(len(numbers)):
        counts += np.bincount(numbers[part], minlength=size)
    return counts
