"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each channel's weighted sum of the last `width` steps, and the tail for the next piece.

    x: (batch, time, dim). tail: the width - 1 steps before, the newest at the end, (batch, width - 1, dim).
    weight: (width, dim), the last row for the step itself. bias: (dim,).
    Returns y (batch, time, dim) and the new tail (batch, width - 1, dim).
    """
    # BEGIN SOLUTION
    seen, seq_len = np.concatenate([tail, x], axis=1), x.shape[1]
    y = bias + sum(taps * seen[:, k : k + seq_len] for k, taps in enumerate(weight))
    return y, seen[:, seq_len:]
    # END SOLUTION
