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


def reset_one_step_late(delta, A, B, C, x, reset, pad, h0):
    """Your reset comes one step late. True marks the first step of a text, and what was before that step
    must be gone in it."""
    late = np.zeros_like(reset)
    late[:, 1:] = reset[:, :-1]
    return _run(_still(delta, pad), A, B, C, x, late & ~pad, h0)


def pads_write(delta, A, B, C, x, reset, pad, h0):
    """At a pad you keep the state, but you add what the pad would write. A pad is no text, and it lasts
    no time: with delta 0 neither happens."""
    keep = np.where(reset[:, :, None, None], 0.0, np.exp(_still(delta, pad)[:, :, None, :] * A))
    states = _scan(keep, B[:, :, :, None] * (delta * x)[:, :, None, :], h0)
    return (C[:, :, :, None] * states).sum(2), states[:, -1]


def pads_are_steps(delta, A, B, C, x, reset, pad, h0):
    """You treat pads as steps like others. At a pad the state must stay as it is."""
    return _run(delta, A, B, C, x, reset, h0)


def reset_at_the_first_step_left_out(delta, A, B, C, x, reset, pad, h0):
    """A reset at step 0 has no effect with you. It drops what was before that step, and that is h0."""
    later = reset.copy()
    later[:, 0] = False
    return _run(_still(delta, pad), A, B, C, x, later, h0)


def state_picked_at_the_end(delta, A, B, C, x, reset, pad, h0):
    """Your state runs on through the pads, and you pick that of the last real step afterwards. The
    outputs at pads are then wrong, and a row that is all pads has no real step to pick."""
    y, _ = _run(delta, A, B, C, x, reset, h0)
    keep = np.where(reset[:, :, None, None], 0.0, np.exp(delta[:, :, None, :] * A))
    states = _scan(keep, B[:, :, :, None] * (delta * x)[:, :, None, :], h0)
    return y, states[np.arange(len(x)), (~pad).sum(1) - 1]


def outputs_at_pads_are_zero(delta, A, B, C, x, reset, pad, h0):
    """You return 0 at pads. The outputs there are asked for, too: C reads the state that stands still."""
    y, h = _run(_still(delta, pad), A, B, C, x, reset, h0)
    return np.where(pad[:, :, None], 0.0, y), h


def reset_for_the_whole_batch(delta, A, B, C, x, reset, pad, h0):
    """Where a text begins in one row, you drop the state of all rows. Each row has its own texts."""
    return _run(_still(delta, pad), A, B, C, x, np.broadcast_to(reset.any(0), reset.shape), h0)


def divided_by_the_product(delta, A, B, C, x, reset, pad, h0):
    """You divide by the product of all factors so far. In a long text it becomes too small for a number,
    and nothing can be divided by it: walk from step to step."""
    still, y, last = _still(delta, pad), np.zeros_like(x), np.zeros_like(h0)
    b = B[:, :, :, None] * (still * x)[:, :, None, :]
    for i in range(len(x)):
        cuts = sorted({0, x.shape[1], *np.flatnonzero(reset[i]).tolist()})
        for begin, end in zip(cuts[:-1], cuts[1:], strict=True):
            before = 0 * h0[i] if reset[i, begin] else h0[i]
            total = np.cumsum(still[i, begin:end, None, :] * A, 0)
            with np.errstate(all="ignore"):
                h = np.exp(total) * (before + np.cumsum(b[i, begin:end] * np.exp(-total), 0))
            y[i, begin:end], last[i] = (C[i, begin:end, :, None] * h).sum(1), h[-1]
    return y, last


def written_without_delta(delta, A, B, C, x, reset, pad, h0):
    """What you write does not depend on the length of the step. delta multiplies B and x, too."""
    return _run(_still(delta, pad), A, B, C, x, reset, h0, np.where(pad[:, :, None], 0.0, x))


def hold_for_B(delta, A, B, C, x, reset, pad, h0):
    """You write by zero-order hold. This layer takes Euler's rule for what is written: delta times B
    times x."""
    still = _still(delta, pad)[:, :, None, :]
    keep = np.where(reset[:, :, None, None], 0.0, np.exp(still * A))
    states = _scan(keep, np.expm1(still * A) / A * B[:, :, :, None] * x[:, :, None, :], h0)
    return (C[:, :, :, None] * states).sum(2), states[:, -1]


def back_to_h0(delta, A, B, C, x, reset, pad, h0):
    """At a reset your state goes back to h0. It belongs to the beginning of the row alone; a new text
    starts from 0."""
    still = _still(delta, pad)
    h, ys = h0, []
    for t in range(x.shape[1]):
        h = np.where(reset[:, t, None, None], h0, h)
        h = np.exp(still[:, t, None, :] * A) * h + B[:, t, :, None] * (still * x)[:, t, None, :]
        ys.append((C[:, t, :, None] * h).sum(1))
    return np.stack(ys, 1), h


def one_step_late_in_reading(delta, A, B, C, x, reset, pad, h0):
    """You read the state before the step has renewed it, so that each output comes one step late."""
    still = _still(delta, pad)
    keep = np.where(reset[:, :, None, None], 0.0, np.exp(still[:, :, None, :] * A))
    states = _scan(keep, B[:, :, :, None] * (still * x)[:, :, None, :], h0)
    before = np.concatenate([h0[:, None], states[:, :-1]], 1)
    return (C[:, :, :, None] * before).sum(2), states[:, -1]


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
