# verdict: right
# what: Builds for each channel the band matrix that maps all seen steps to all outputs.
# diagnosis: none
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    steps, width = x.shape[1], len(weight)
    seen = np.hstack([tail, x])
    matrix = np.zeros((steps, seen.shape[1], x.shape[2]))
    for t in range(steps):
        matrix[t, t : t + width] = weight
    y = np.einsum("tsd,bsd->btd", matrix, seen) + bias
    return y, np.delete(seen, np.s_[:steps], axis=1)
