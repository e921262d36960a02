# verdict: wrong
# what: Convolves all channels with the weights of channel 0.
# diagnosis: Each channel has weights of its own: column d of `weight`.
# told: mistake one_kernel_for_all_channels
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    batch, steps, dim = x.shape
    full = np.concatenate([tail, x], axis=1)
    kernel = weight[::-1, 0]
    y = np.empty((batch, steps, dim))
    for b in range(batch):
        for d in range(dim):
            y[b, :, d] = np.convolve(full[b, :, d], kernel, mode="valid") + bias[d]
    return y, full[:, steps:]
