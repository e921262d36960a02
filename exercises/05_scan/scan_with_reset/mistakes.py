"""What goes wrong where documents meet, and other ways to get it right."""

import numpy as np


def _loop(a, b, reset, h0, drop=0.0):
    """The recurrence, with what the state becomes where reset is True."""
    h, state = np.empty_like(b), h0
    for t in range(b.shape[1]):
        state = np.where(reset[:, t, None], drop, state)
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h


def reset_ignored(a, b, reset, h0):
    """The states are those of a scan without any reset. At a reset the old state must be gone from h."""
    return _loop(a, b, np.zeros_like(reset), h0)


def one_step_late(a, b, reset, h0):
    """Your reset comes one step late: the state is dropped after the step where reset is True. True marks
    the first step of a document, not the last one of the document before."""
    late = np.zeros_like(reset)
    late[:, 1:] = reset[:, :-1]
    return _loop(a, b, late, h0)


def input_dropped_too(a, b, reset, h0):
    """At a reset your h is zero. The old state is dropped, but the input of that step is the first one of
    the new document and counts."""
    return _loop(a, b * ~reset[:, :, None], reset, h0)


def back_to_h0(a, b, reset, h0):
    """At a reset your state goes back to h0. h0 belongs to the first document of the row only; a new
    document starts from zero."""
    return _loop(a, b, reset, h0, drop=h0)


def whole_batch_dropped(a, b, reset, h0):
    """A reset in one row drops the state of other rows as well. Each row has its own documents: reset has
    the shape (batch, time), so keep its batch dimension."""
    return _loop(a, b, np.broadcast_to(reset.any(axis=0), reset.shape), h0)


def first_step_left_out(a, b, reset, h0):
    """A reset at the very first step has no effect. It drops the state before that step, and that is h0."""
    later = reset.copy()
    later[:, 0] = False
    return _loop(a, b, later, h0)


def h0_forgotten(a, b, reset, h0):
    """You start every row from zero. h0 is the state before the first step; it counts unless reset is True
    there."""
    return _loop(a, b, reset, np.zeros_like(h0))


def kept_where_dropped(a, b, reset, h0):
    """True and False are swapped: the state survives where it should be dropped, and is dropped elsewhere."""
    return _loop(a, b, ~reset, h0)


def right_by_loop(a, b, reset, h0):
    """A loop over time that drops the state itself."""
    return _loop(a, b, reset, h0)


def right_by_product(a, b, reset, h0):
    """Numbers and lists: the decay times one or zero, in three loops."""
    batch, time, dim = b.shape
    h = [[[0.0] * dim for _ in range(time)] for _ in range(batch)]
    for i in range(batch):
        for k in range(dim):
            state = h0[i, k]
            for t in range(time):
                state = a[i, t, k] * (1 - int(reset[i, t])) * state + b[i, t, k]
                h[i][t][k] = state
    return np.array(h)
