"""State tracking: every input is a move, every target the state after all moves so far.

Parity is the smallest case: the state is one bit, and a 1 flips it.

    0 1 1 0 1 0    inputs
    0 1 0 0 1 1    targets: is the number of ones so far odd?

Composition of permutations is the general one. The inputs are elements g_t of S_n, the targets the products
p_t = g_t o p_{t-1}, that is p_t(i) = g_t(p_{t-1}(i)). In other words, a product of matrices: if P(g) has its
ones at (g(i), i), then P(p_t) = P(g_t) P(p_{t-1}). For S_3, elements written as the images of 0, 1 and 2:

    102 021 210    inputs: swap 0 and 1, swap 1 and 2, swap 0 and 2
    102 201 021    targets

The new move is applied last and so stands on the left. The generator that came with Merrill et al., and those
made after it, multiply the new element on the right, p_t = p_{t-1} o g_t: to compare data, not difficulty,
take the inverses of all elements, for (g o p)^-1 = p^-1 o g^-1.

No move may be forgotten: who misses one can only guess from then on. In finite precision, a real diagonal
recurrence with decays in [0, 1] cannot do parity at all lengths; with decays in [-1, 1] it can, by
a_t = 1 - 2 x_t. S_n with n > 2 does not commute, while products of diagonal matrices always do. And the word
problem of S_5 is complete for the class NC^1, which Transformers and diagonal state-space models of fixed
depth are believed not to reach.
(Merrill et al. 2024, "The Illusion of State in State-Space Models", arXiv 2404.08819; Grazzi et al. 2024,
"Unlocking State-Tracking in Linear RNNs Through Negative Eigenvalues", arXiv 2411.12537.)

Tokens: 0 and 1 for parity; for S_n the place of the permutation in lexicographic order, 0 to n! - 1, where 0
is the identity. Chance: as inputs are uniform, so is every target, whatever is known of all moves but one.
"""

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from minirnn.tasks.common import Batch, Chance, Seed, at_least, guess

PARITY_CHANCE = guess(2)
MAX_DEGREE = 6  # the table of S_7 would have 25 million entries


def permutations_chance(degree: int) -> Chance:
    """The score of a network that misses any one of the moves."""
    return guess(math.factorial(degree))


def parity(batch: int, length: int, seed: Seed) -> Batch:
    """Whether the number of ones so far is odd: inputs, targets (batch, length) int64; all steps count."""
    at_least(1, batch=batch, length=length)
    inputs = np.random.default_rng(seed).integers(0, 2, (batch, length))
    return Batch(inputs, inputs.cumsum(1) % 2, np.ones((batch, length), bool))


def permutations(batch: int, length: int, degree: int, seed: Seed) -> Batch:
    """The running product of random elements of S_n, n = degree, from 2 to 6.

    inputs, targets (batch, length) int64, from 0 to n! - 1; all steps count.
    Raises ValueError for another degree.
    """
    at_least(1, batch=batch, length=length)
    table = multiplication_table(degree)
    inputs = np.random.default_rng(seed).integers(0, len(table), (batch, length))
    targets = inputs.copy()
    for t in range(1, length):
        targets[:, t] = table[inputs[:, t], targets[:, t - 1]]
    return Batch(inputs, targets, np.ones((batch, length), bool))


def elements(degree: int) -> NDArray[np.int64]:
    """The permutations of 0 to n - 1 in lexicographic order, (n!, n): row g holds g(0), g(1), ..."""
    if not 2 <= degree <= MAX_DEGREE:
        raise ValueError(f"degree is {degree}, expected 2 to {MAX_DEGREE}")
    return np.array(list(itertools.permutations(range(degree))))


def multiplication_table(degree: int) -> NDArray[np.int64]:
    """The group as a table (n!, n!): entry [g, p] is the number of g o p, first p and then g."""
    images = elements(degree)
    # Read as the digits of a number, permutations are sorted.
    weights = degree ** np.arange(degree)[::-1]
    return np.searchsorted(images @ weights, images[:, images] @ weights)
