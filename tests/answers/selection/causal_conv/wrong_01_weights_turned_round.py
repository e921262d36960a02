# verdict: wrong
# what: Gives the first row of the weights to the step itself.
# diagnosis: A textbook convolution turns the weights round; here the last row belongs to the step itself.
# told: mistake weights_turned_round
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    width, steps = weight.shape[0], x.shape[1]
    seen = np.concatenate([tail, x], axis=1)
    y = np.zeros(x.shape) + bias
    for k in range(width):
        y += weight[width - 1 - k] * seen[:, k : k + steps]
    return y, seen[:, steps:]
