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


def minus_zero(x, tail, weight, bias):
    """You cut the new tail from behind, with a slice that begins at minus (width - 1). For width 1 that
    is minus 0, which is the front, and everything comes back. Count from the front."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    return _slide(seen, weight, bias, seq_len), seen[:, -(len(weight) - 1) :]


def short_piece_filled_with_zeros(x, tail, weight, bias):
    """You make the new tail of this piece alone, and fill it up with zeros if the piece is short. What
    stood in the old tail is still part of the past then: cut the new tail from both together."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    back = tail.shape[1]
    own = np.concatenate([0 * tail, x], 1)
    return _slide(seen, weight, bias, seq_len), own[:, own.shape[1] - back :]


def tail_of_outputs(x, tail, weight, bias):
    """You hand on the last outputs. The convolution looks back at its inputs, so the tail holds
    inputs."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    y = _slide(seen, weight, bias, seq_len)
    return y, np.concatenate([tail, y], 1)[:, seq_len:]


def bias_for_each_tap(x, tail, weight, bias):
    """You add the bias once for each weight. It comes once for each output."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    return _slide(seen, weight, len(weight) * bias, seq_len), seen[:, seq_len:]


def bias_left_out(x, tail, weight, bias):
    """The bias is missing."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    return _slide(seen, weight, 0 * bias, seq_len), seen[:, seq_len:]


def one_kernel_for_all_channels(x, tail, weight, bias):
    """You use the weights of the first channel for all. Each channel has weights of its own, a column of
    weight."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    first = np.broadcast_to(weight[:, :1], weight.shape)
    return _slide(seen, first, bias, seq_len), seen[:, seq_len:]


def tail_newest_first(x, tail, weight, bias):
    """You read the tail as if its newest step stood in front. It stands at the end, so that the tail and
    the piece can be joined as they are."""
    seq_len = x.shape[1]
    turned = np.concatenate([tail[:, ::-1], x], 1)
    return _slide(turned, weight, bias, seq_len), turned[:, seq_len:][:, ::-1]


def centred(x, tail, weight, bias):
    """Your weights lie with their middle on the step, so that an output sees steps that come later. The
    last row of weight lies on the step itself."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    ahead = len(weight) // 2
    longer = np.concatenate([seen, np.zeros((len(x), ahead, x.shape[2]))], 1)
    y = bias + sum(w * longer[:, k + ahead : k + ahead + seq_len] for k, w in enumerate(weight))
    return y, seen[:, seq_len:]


def old_tail_handed_on(x, tail, weight, bias):
    """You hand on the tail that you were handed. The next piece needs the steps just before it, which are
    those of this piece."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    return _slide(seen, weight, bias, seq_len), tail


def tail_of_a_short_piece_too_short(x, tail, weight, bias):
    """You cut the new tail from this piece alone. If the piece is shorter than the tail, what stood in
    the old tail is still part of the past."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    back = tail.shape[1]
    return _slide(seen, weight, bias, seq_len), x[:, max(0, seq_len - back) :]


def one_step_late(x, tail, weight, bias):
    """Your outputs come one step late: they see the steps before, but not their own."""
    seen, seq_len = np.concatenate([tail, x], 1), x.shape[1]
    late = np.concatenate([np.zeros_like(x[:, :1]), seen], 1)
    return _slide(late, weight, bias, seq_len), seen[:, seq_len:]


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
