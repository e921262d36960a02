# verdict: wrong
# what: Takes the tail as if its newest step stood in front, and hands it on in that order.
# diagnosis: The newest step of the tail stands at its end, so that tail and piece can be joined as they are.
# told: mistake tail_newest_first
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    steps = x.shape[1]
    seen = np.concatenate([tail[:, ::-1], x], axis=1)
    y = bias + sum(w * seen[:, k : k + steps] for k, w in enumerate(weight))
    return y, seen[:, steps:][:, ::-1]
