# verdict: wrong
# what: Cuts the new tail with [-(width - 1):], which is everything if width is 1.
# diagnosis: -0 is 0, and a slice from 0 is the whole; count from the front, where the tail begins at `time`.
# told: mistake minus_zero
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    width = weight.shape[0]
    full = np.concatenate([tail, x], axis=1)
    y = np.zeros_like(x)
    for t in range(x.shape[1]):
        y[:, t] = (weight * full[:, t : t + width]).sum(axis=1) + bias
    return y, full[:, -(width - 1) :]
