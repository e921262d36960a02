"""Adding: many numbers pass by, two of them are marked; say their mean at the end.

    0.7  0.2  0.9  0.4  0.1  0.6  0.3  0.5      inputs, channel 0: numbers, uniform in [0, 1)
    0    1    0    1    0    0    0    0        inputs, channel 1: marks
                                  (0.2 + 0.4) / 2 = 0.3    target, at the last step

The first mark is in the first tenth of the sequence and the second one before its middle, so at least half of
the sequence lies between the last useful input and the answer.

Chance: x and y are uniform, so their mean has variance 1/24, and whoever always says 0.5 has that
squared error. Whoever remembers one of the two has 1/48.
TRAP: an answer is usually called right when its squared error is at most 0.04. By that rule "always 0.5" is
right in 64 of 100 cases: the mean of two uniform numbers is within 0.2 of 0.5 with probability 1 - 0.6^2.
Look at the error itself.

(Hochreiter and Schmidhuber 1997, "Long Short-Term Memory", experiment 4; the places and the mean as in the
released code of Pascanu et al. 2013, arXiv 1211.5063, where the length varies by a tenth, too.)
"""

import numpy as np

from minirnn.tasks.common import Batch, Seed, at_least, last_steps

RIGHT_SQUARED_ERROR = 0.04
CHANCE_SQUARED_ERROR = 1 / 24
CHANCE_ACCURACY = 1 - (1 - 2 * RIGHT_SQUARED_ERROR**0.5) ** 2
HALF_SQUARED_ERROR = 1 / 48


def adding(batch: int, length: int, seed: Seed) -> Batch:
    """The mean of the two marked numbers.

    inputs (batch, length, 2) float32; targets (batch, length) float32; the last step counts.
    Raises ValueError for length < 10.
    """
    at_least(1, batch=batch)
    at_least(10, length=length)
    rng = np.random.default_rng(seed)
    inputs = np.zeros((batch, length, 2), np.float32)
    targets = np.zeros((batch, length), np.float32)
    inputs[..., 0] = rng.random((batch, length), np.float32)
    rows = np.arange(batch)
    first = rng.integers(0, length // 10, batch)
    second = rng.integers(length // 10, length // 2, batch)
    inputs[rows, first, 1] = inputs[rows, second, 1] = 1
    targets[:, -1] = (inputs[rows, first, 0] + inputs[rows, second, 0]) / 2
    return Batch(inputs, targets, last_steps(batch, length))
