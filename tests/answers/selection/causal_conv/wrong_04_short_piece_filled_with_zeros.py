# verdict: wrong
# what: Makes the new tail of this piece alone, and fills it with zeros in front if the piece is too short.
# diagnosis: A piece shorter than the tail pushes the old tail on without replacing it; cut the new one from tail and piece together.
# told: mistake short_piece_filled_with_zeros
"""A short causal convolution for each channel, with the steps that it carries on."""

import numpy as np


def causal_conv(
    x: np.ndarray, tail: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    keep = weight.shape[0] - 1
    steps = x.shape[1]
    seen = np.concatenate([tail, x], axis=1)
    y = np.stack([(seen[:, t : t + keep + 1] * weight).sum(1) for t in range(steps)], axis=1) + bias
    new_tail = np.zeros_like(tail)
    n = min(keep, steps)
    if n > 0:
        new_tail[:, keep - n :] = x[:, steps - n :]
    return y, new_tail
