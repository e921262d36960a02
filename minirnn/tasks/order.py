"""Temporal order: two events, far apart and among distractors; say which two, and in which order.

    d f B c c e f d d c A f e e d c f c d e      inputs: an A or B early, an A or B later
                                           BA    target, at the last step: AA, AB, BA or BB

The first event is in the second tenth of the sequence, the second one in the sixth. The longer the sequence,
the further the gradient has to travel, and the vanilla RNN stops learning soon: Pascanu et al. 2013, "On
the difficulty of training recurrent neural networks", arXiv 1211.5063. (The places are those of their
released code; its docstring names others.)

Tokens: 0 and 1 are A and B, 2 to 5 the distractors c to f. Target: 2 * first + second, 0 to 3.
Chance: one in four. A network that remembers only one of the events is right half the time.
"""

import numpy as np

from minirnn.tasks.common import Batch, Seed, at_least, guess, last_steps

N_TOKENS = 6
TEMPORAL_ORDER_CHANCE = guess(4)
ONE_EVENT_CHANCE = guess(2)


def temporal_order(batch: int, length: int, seed: Seed) -> Batch:
    """Which two events came, in which order.

    inputs, targets (batch, length) int64; the last step counts. Raises ValueError for length < 10.
    """
    at_least(1, batch=batch)
    at_least(10, length=length)
    rng = np.random.default_rng(seed)
    inputs = rng.integers(2, N_TOKENS, (batch, length))
    targets = np.zeros((batch, length), np.int64)
    events = rng.integers(0, 2, (batch, 2))
    rows = np.arange(batch)
    inputs[rows, rng.integers(length // 10, 2 * length // 10, batch)] = events[:, 0]
    inputs[rows, rng.integers(5 * length // 10, 6 * length // 10, batch)] = events[:, 1]
    targets[:, -1] = 2 * events[:, 0] + events[:, 1]
    return Batch(inputs, targets, last_steps(batch, length))
