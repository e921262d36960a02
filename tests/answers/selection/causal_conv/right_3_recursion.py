# verdict: right
# what: Does the first step and leaves the rest of the piece to itself.
# diagnosis: none
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    window = np.concatenate([tail, x[:, :1]], axis=1)
    first = (window * weight).sum(axis=1, keepdims=True) + bias
    if x.shape[1] == 1:
        return first, window[:, 1:]
    rest, last = causal_conv(x[:, 1:], window[:, 1:], weight, bias)
    return np.concatenate([first, rest], axis=1), last
