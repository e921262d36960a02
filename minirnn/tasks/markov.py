"""Markov chains with unknown kernels: to predict the next symbol, count in this very sequence.

For every sequence a new kernel is drawn: for each context c of `order` symbols a row, P(. | c) ~
Dirichlet(beta), independent of the others. The first `order` symbols are uniform, the rest follow the kernel.

    0 1 0 0 1 0 0 1 0 1    inputs (here 1 is always followed by 0)
    1 0 0 1 0 0 1 0 1 0    targets: the next symbol

Nobody is told the kernel, and yet there is a best answer in closed form, the add-beta rule: if in x_0 ... x_t
the present context was followed by symbol j n_j times, and by anything n times, then

    P(x_{t+1} = j | x_0 ... x_t) = (n_j + beta) / (n + S beta)        S symbols

This is the mean of P(j | c) given all that was seen; for beta = 1 it is Laplace's rule. No predictor has a
smaller expected loss; `expected_loss` measures it. Who does not count scores log S.

Switching chain: at every step, with probability `switch`, the switch symbol S comes and a new kernel with it.
The best answer counts from the last switch on, so a layer has to keep everything, until it has to drop
everything.

(Bondaschi et al. 2026, "From Markov to Laplace: How Mamba In-Context Learns Markov Chains", ICLR: one Mamba
layer learns the add-beta rule if its convolution is wider than the order. They switch with probability 0.01.)
"""

import numpy as np
from numpy.typing import NDArray

from minirnn.tasks.common import Batch, Chance, Seed, at_least, guess


def markov_chance(n_symbols: int) -> Chance:
    """The score of a network that does not count, when no switch symbol is due."""
    return guess(n_symbols)


def markov_chain(batch: int, length: int, order: int, n_symbols: int, beta: float, seed: Seed) -> Batch:
    """A chain of `order` (0 or more), with a new Dirichlet(beta) kernel for every sequence.

    inputs, targets (batch, length) int64, 0 to n_symbols - 1: the targets are the inputs one step on. A step
    counts once there is a whole context, so that its target comes from the kernel: from step order - 1 on.
    Raises ValueError for order < 0, length < order, n_symbols < 2 or beta <= 0.
    """
    return _chain(batch, length, order, n_symbols, beta, 0, seed)


def switching_chain(
    batch: int, length: int, order: int, n_symbols: int, beta: float, switch: float, seed: Seed
) -> Batch:
    """A chain whose kernel changes wherever the token n_symbols comes, with probability `switch`.

    As `markov_chain`, with one token more. After a switch the next `order` symbols are uniform again, and
    a step counts once there is a whole context since the switch. The switch itself is a target like others.
    Raises ValueError as `markov_chain`, and for a switch outside [0, 1).
    """
    return _chain(batch, length, order, n_symbols, beta, switch, seed)


def add_beta(
    tokens: NDArray[np.int64], order: int, n_symbols: int, beta: float, switch: float = 0
) -> NDArray[np.float64]:
    """The best prediction after every step, of chains and switching chains.

    tokens (batch, time), from 0 to n_symbols -> the next token's probabilities (batch, time, n_symbols + 1).
    The last of them, that of the switch token, is `switch`; the others share the rest by the add-beta rule.
    Raises ValueError for other tokens, and for numbers that the chains do not take.
    """
    _check(order, n_symbols, beta, switch)
    if tokens.ndim != 2 or not np.issubdtype(tokens.dtype, np.integer):
        raise ValueError(
            f"tokens has shape {tokens.shape} and dtype {tokens.dtype}, expected (batch, time) of integers"
        )
    if tokens.size and not 0 <= tokens.min() <= tokens.max() <= n_symbols:
        raise ValueError(f"tokens go from {tokens.min()} to {tokens.max()}, expected 0 to {n_symbols}")
    batch, seq_len = tokens.shape
    rows = np.arange(batch)
    counts = np.zeros((batch, n_symbols**order, n_symbols))
    p = np.full((batch, seq_len, n_symbols + 1), float(switch))
    context, seen = np.zeros((2, batch), np.int64)
    for t, x in enumerate(tokens.T.astype(np.int64)):
        counted = (seen >= order) & (x < n_symbols)
        counts[rows[counted], context[counted], x[counted]] += 1
        counts[x == n_symbols] = 0
        context, seen = _move(context, seen, x, order, n_symbols)
        n = counts[rows, context]  # all zero until there is a whole context
        p[:, t, :-1] = (1 - switch) * (n + beta) / (n.sum(1, keepdims=True) + n_symbols * beta)
    return p


def mean_loss(p: NDArray[np.floating], batch: Batch) -> float:
    """The mean of -log p(target), in nats, over the steps that count; p (batch, time, tokens)."""
    return float(_nats(p, batch)[batch.mask].mean())


def expected_loss(
    length: int, order: int, n_symbols: int, beta: float, seed: Seed, switch: float = 0, samples: int = 1000
) -> tuple[float, float]:
    """The smallest expected loss, in nats per step that counts, and the standard error of that number.

    By Monte Carlo: the loss of the add-beta rule on so many chains (at least 2). To compare a network with
    the rule, score both on the same batch instead: then the luck of the draw is the same for both.
    """
    at_least(2, samples=samples)
    batch = _chain(samples, length, order, n_symbols, beta, switch, seed)
    p = add_beta(batch.inputs, order, n_symbols, beta, switch)
    loss = mean_loss(p, batch)
    # Sequences are independent of each other; the steps of one sequence are not.
    excess = ((_nats(p, batch) - loss) * batch.mask).sum(1)
    return loss, float(np.sqrt(samples / (samples - 1) * (excess**2).sum()) / batch.mask.sum())


def _nats(p: NDArray[np.floating], batch: Batch) -> NDArray[np.floating]:
    return -np.log(np.take_along_axis(p, batch.targets[..., None], 2)[..., 0])


def _chain(
    batch: int, length: int, order: int, n_symbols: int, beta: float, switch: float, seed: Seed
) -> Batch:
    _check(order, n_symbols, beta, switch)
    at_least(1, batch=batch)
    at_least(max(order, 1), length=length)
    rng = np.random.default_rng(seed)

    def kernels(n: int) -> NDArray[np.float64]:
        # Cumulative, without the last: the number of entries that u reaches is then the symbol.
        return rng.dirichlet([beta] * n_symbols, (n, n_symbols**order)).cumsum(2)[..., :-1]

    rows = np.arange(batch)
    kernel, uniform = kernels(batch), np.arange(1, n_symbols) / n_symbols
    context, seen = np.zeros((2, batch), np.int64)
    tokens = np.empty((batch, length + 1), np.int64)
    mask = np.empty((batch, length + 1), bool)
    for t in range(length + 1):
        row = np.where((seen >= order)[:, None], kernel[rows, context], uniform)
        x = (rng.random((batch, 1)) >= row).sum(1)
        switched = rng.random(batch) < switch
        x[switched] = n_symbols
        kernel[switched] = kernels(int(switched.sum()))
        context, seen = _move(context, seen, x, order, n_symbols)
        tokens[:, t], mask[:, t] = x, seen >= order
    return Batch(tokens[:, :-1].copy(), tokens[:, 1:], mask[:, :-1])


def _move(
    context: NDArray[np.int64], seen: NDArray[np.int64], x: NDArray[np.int64], order: int, n_symbols: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The context after x, a number in base n_symbols, and the count of symbols since the last switch."""
    # What stands in a context from before a switch is pushed out before the context is whole again.
    return (context * n_symbols + x) % n_symbols**order, np.where(x == n_symbols, 0, seen + 1)


def _check(order: int, n_symbols: int, beta: float, switch: float) -> None:
    at_least(0, order=order)
    at_least(2, n_symbols=n_symbols)
    if not beta > 0:
        raise ValueError(f"beta is {beta}, expected more than 0")
    if not 0 <= switch < 1:
        raise ValueError(f"switch is {switch}, expected a probability below 1")
