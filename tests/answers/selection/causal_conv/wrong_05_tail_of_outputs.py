# verdict: wrong
# what: Keeps the last outputs as the tail.
# diagnosis: The convolution looks back at its inputs; an output that feeds back would make it a recurrence.
# told: mistake tail_of_outputs
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    seen = np.concatenate([tail, x], axis=1)
    steps = x.shape[1]
    y = bias + sum(w * seen[:, k : k + steps] for k, w in enumerate(weight))
    tail = np.concatenate([tail, y], axis=1)[:, steps:]
    return y, tail
