"""What goes wrong with a short convolution, and other ways to write it."""

import numpy as np


def _slide(seen, weight, bias, seq_len):
    return bias + sum(w * seen[:, k : k + seq_len] for k, w in enumerate(weight))


def tail_forgotten(x, tail, weight, bias):
    """You put zeros before the first step. What stood there is in the tail, and zeros are right only
    where a text begins."""
    seen = np.concatenate([0 * tail, x], 1)
    return _slide(seen, weight, bias, x.shape[1]), np.concatenate([tail, x], 1)[:, x.shape[1] :]


def weights_turned_round(x, tail, weight, bias):
    """Your weights are in the wrong order. The last row of weight belongs to the step itself, the first
    to the oldest step that it sees."""
    seen = np.concatenate([tail, x], 1)
    return _slide(seen, weight[::-1], bias, x.shape[1]), seen[:, x.shape[1] :]


def looks_ahead(x, tail, weight, bias):
    """Your outputs see steps that come later. The newest step that an output may see is its own."""
    back = len(weight) - 1
    seen = np.concatenate([x, np.zeros_like(tail)], 1)
    return _slide(seen, weight, bias, x.shape[1]), np.concatenate([tail, x], 1)[
        :, x.shape[1] : x.shape[1] + back
    ]


def right_windows(x, tail, weight, bias):
    """All windows at once."""
    seen = np.concatenate([tail, x], 1)
    windows = np.lib.stride_tricks.sliding_window_view(seen, len(weight), axis=1)
    return np.einsum("btdk,kd->btd", windows, weight) + bias, seen[:, seen.shape[1] - tail.shape[1] :].copy()


def right_step_by_step(x, tail, weight, bias):
    """One step after the other, as when the layer writes."""
    held, ys = tail, []
    for x_t in np.moveaxis(x, 1, 0):
        window = np.concatenate([held, x_t[:, None]], 1)
        ys.append((window * weight).sum(1) + bias)
        held = window[:, 1:]
    return np.stack(ys, 1), held
