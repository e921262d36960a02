# verdict: wrong
# what: Adds the bias inside the sum, once for each tap.
# diagnosis: The bias stands before the sum and comes once for each output.
# told: mistake bias_for_each_tap
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    width = weight.shape[0]
    steps = x.shape[1]
    seen = np.concatenate([tail, x], axis=1)
    y = np.zeros_like(x)
    for k in range(width):
        y = y + weight[k] * seen[:, k : k + steps] + bias
    return y, seen[:, steps:].copy()
