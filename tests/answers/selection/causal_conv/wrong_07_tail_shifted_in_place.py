# verdict: wrong
# what: Shifts the tail step by step in the array that was handed over.
# diagnosis: The caller's tail is changed, and it may be needed again; work on a copy.
# told: in place: work on a copy
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    width = weight.shape[0]
    y = np.empty_like(x)
    for t in range(x.shape[1]):
        window = np.concatenate([tail, x[:, t : t + 1]], axis=1)
        y[:, t] = bias + (weight * window).sum(1)
        if width > 1:
            tail[:, :-1] = tail[:, 1:].copy()
            tail[:, -1] = x[:, t]
    return y, tail
