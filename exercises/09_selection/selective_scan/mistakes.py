"""What goes wrong over a sequence, and other ways to write it."""

import numpy as np


def _scan(a, b, h0):
    h, state = np.empty_like(b), h0
    for t in range(b.shape[1]):
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h


def _run(delta, A, B, C, x, reset, h0, factor=None):
    keep = np.where(reset[:, :, None, None], 0.0, np.exp(delta[:, :, None, :] * A))
    b = B[:, :, :, None] * (delta * x if factor is None else factor)[:, :, None, :]
    states = _scan(keep, b, h0)
    return (C[:, :, :, None] * states).sum(2), states[:, -1]


def _still(delta, pad):
    return np.where(pad[:, :, None], 0.0, delta)


def pads_fade(delta, A, B, C, x, reset, pad, h0):
    """At a pad you write nothing, but the old state still fades. A pad lasts no time at all: with delta 0
    the state stands still."""
    return _run(delta, A, B, C, np.where(pad[:, :, None], 0.0, x), reset, h0)


def reset_drops_the_input(delta, A, B, C, x, reset, pad, h0):
    """At a reset you drop what the step writes as well. The old state goes, but the first word of the new
    text counts."""
    return _run(_still(delta, pad), A, B, C, np.where(reset[:, :, None], 0.0, x), reset, h0)


def h0_ignored(delta, A, B, C, x, reset, pad, h0):
    """You start from 0, whatever h0 is. A text that comes in pieces then forgets at each piece what it
    has read."""
    return _run(_still(delta, pad), A, B, C, x, reset, 0 * h0)


def right_loop(delta, A, B, C, x, reset, pad, h0):
    """Step by step, with the masks in the loop."""
    h, ys = h0, []
    for t in range(x.shape[1]):
        h = np.where(reset[:, t, None, None], 0.0, h)
        new = np.exp(np.einsum("bd,nd->bnd", delta[:, t], A)) * h
        new = new + np.einsum("bd,bn,bd->bnd", delta[:, t], B[:, t], x[:, t])
        h = np.where(pad[:, t, None, None], h, new)
        ys.append(np.einsum("bn,bnd->bd", C[:, t], h))
    return np.stack(ys, 1), h


def right_masks_on_a_and_b(delta, A, B, C, x, reset, pad, h0):
    """Keep 1 and write 0 at pads, instead of a delta of 0."""
    a = np.exp(np.einsum("btd,nd->btnd", delta, A))
    b = np.einsum("btd,btn,btd->btnd", delta, B, x)
    a, b = np.where(pad[..., None, None], 1.0, a), np.where(pad[..., None, None], 0.0, b)
    states = _scan(np.where(reset[..., None, None], 0.0, a), b, h0)
    return np.einsum("btn,btnd->btd", C, states), states[:, -1].copy()
