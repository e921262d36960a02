# verdict: right
# what: Cuts all windows with sliding_window_view and sums with an einsum.
# diagnosis: none
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    full = np.concatenate([tail, x], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(full, weight.shape[0], axis=1)
    return np.einsum("btdk,kd->btd", windows, weight) + bias, full[:, x.shape[1] :]
