# verdict: wrong
# what: Lays the weights with their middle on the step, so it sees later steps.
# diagnosis: A causal convolution looks only back: its last tap lies on the step itself.
# told: mistake centred
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    batch, steps, dim = x.shape
    width = weight.shape[0]
    ahead = width // 2
    seen = np.concatenate([tail, x, np.zeros((batch, ahead, dim))], axis=1)
    y = bias + sum(weight[k] * seen[:, k + ahead : k + ahead + steps] for k in range(width))
    return y, np.concatenate([tail, x], axis=1)[:, steps:]
