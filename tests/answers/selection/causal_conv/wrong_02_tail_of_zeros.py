# verdict: wrong
# what: Puts zeros before the piece, whatever the tail holds.
# diagnosis: The tail is zeros at the start of a text alone; later it holds what stood before, and the sums need it.
# told: mistake tail_forgotten
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    width = len(weight)
    batch, time, dim = x.shape
    padded = np.concatenate([np.zeros((batch, width - 1, dim)), x], axis=1)
    y = bias + sum(weight[k] * padded[:, k : k + time] for k in range(width))
    full = np.concatenate([tail, x], axis=1)
    return y, full[:, time:]
