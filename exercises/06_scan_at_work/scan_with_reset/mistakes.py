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


def one_step_early(a, b, reset, h0):
    """Your reset comes one step early: the last step of a document starts from zero already. True marks
    the first step of the new one."""
    early = np.zeros_like(reset)
    early[:, :-1] = reset[:, 1:]
    return _loop(a, b, early, h0)


def input_dropped_state_kept(a, b, reset, h0):
    """At a reset you drop the input and keep the old state. It is the other way round: the old state
    goes, and its factor is a; the input b counts."""
    return _loop(a, b * ~reset[:, :, None], np.zeros_like(reset), h0)


def decay_of_one(a, b, reset, h0):
    """At a reset you set the decay to one. That keeps the whole old state; a decay of zero drops it."""
    return _loop(np.where(reset[:, :, None], 1.0, a), b, np.zeros_like(reset), h0)


def decay_of_one_and_late(a, b, reset, h0):
    """You set the decay to one at the step after the reset. A decay of one keeps the whole old state,
    zero drops it; and True marks the step that drops it, not the one before."""
    late = np.zeros_like(reset)
    late[:, 1:] = reset[:, :-1]
    return _loop(np.where(late[:, :, None], 1.0, a), b, np.zeros_like(reset), h0)


def decay_is_reset(a, b, reset, h0):
    """You use reset itself as the decay. Where it is True the decay must be zero, and elsewhere it stays
    as it is."""
    return _loop(reset[:, :, None] * np.ones_like(a), b, np.zeros_like(reset), h0)


def decay_is_one_or_zero(a, b, reset, h0):
    """Your decay is one where there is no reset. It is zero at a reset, and elsewhere it stays what it is
    in a."""
    return _loop(np.ones_like(a), b, reset, h0)


def zero_from_then_on(a, b, reset, h0):
    """From the first reset on you forget the state at each step. A reset drops the state once; after it
    the new document goes on with its own decays."""
    return _loop(a, b, np.logical_or.accumulate(reset, axis=1), h0)


def only_first_reset(a, b, reset, h0):
    """Only the first reset of a row has an effect with you. A row may hold many documents: use the whole
    mask."""
    return _loop(a, b, reset & (np.cumsum(reset, axis=1) == 1), h0)


def only_last_reset(a, b, reset, h0):
    """Only the last reset of a row has an effect with you. A row may hold many documents: use the whole
    mask."""
    later = np.cumsum(reset[:, ::-1], axis=1)[:, ::-1]
    return _loop(a, b, reset & (later == 1), h0)


def argmax_of_none(a, b, reset, h0):
    """You take the place of the first True in each row. A row may have several, and one without any seems
    to have it at step 0, so that h0 is dropped there. Use the whole mask."""
    first = np.zeros_like(reset)
    first[np.arange(len(reset)), np.argmax(reset, axis=1)] = True
    return _loop(a, b, first, h0)


def reset_of_the_first_row(a, b, reset, h0):
    """You use the resets of the first row for all rows. Each row has its own documents: reset has the
    shape (batch, time)."""
    return _loop(a, b, np.broadcast_to(reset[:1], reset.shape), h0)


def only_first_feature(a, b, reset, h0):
    """A reset drops only the first number of your state. All `dim` numbers of that row are dropped."""
    decays = a.copy()
    decays[:, :, 0] = np.where(reset, 0.0, decays[:, :, 0])
    return _loop(decays, b, np.zeros_like(reset), h0)


def every_step_from_zero(a, b, reset, h0):
    """In a row with a reset each of your steps starts from zero. Only the step where reset is True drops
    the state before it."""
    rows = np.broadcast_to(reset.any(axis=1, keepdims=True), reset.shape)
    return _loop(a, b, rows, h0)


def no_dim_axis(a, b, reset, h0):
    """You join reset with a as it is. It is (batch, time) and a is (batch, time, dim): give reset a last
    side of length 1, or the sides are matched wrongly."""
    masked, state, out = a * (1.0 - reset), h0, []
    for t in range(b.shape[1]):
        state = masked[:, t] * state + b[:, t]
        out.append(state)
    return np.stack(out, axis=1)


def leak_subtracted(a, b, reset, h0):
    """You let the old state in and subtract it again. If it is huge, the input is lost in the difference.
    Make its factor zero instead, and nothing has to be taken back."""
    h, state = np.empty_like(b), h0
    for t in range(b.shape[1]):
        leak = a[:, t] * state
        state = leak + (b[:, t] - np.where(reset[:, t, None], leak, 0.0))
        h[:, t] = state
    return h


def carry_subtracted_afterwards(a, b, reset, h0):
    """You run over the boundary and subtract what came across it afterwards. If the old state is huge,
    all that is new is lost in the difference. Make its factor zero instead, and nothing comes across."""
    h = _loop(a, b, np.zeros_like(reset), h0)
    out = h.copy()
    for i, k in np.ndindex(b.shape[0], b.shape[2]):
        carry = 0.0
        for t in range(b.shape[1]):
            before = h[i, t - 1, k] if t else h0[i, k]
            carry = a[i, t, k] * (before if reset[i, t] else carry)
            out[i, t, k] = h[i, t, k] - carry
    return out


def only_where_all_rows_reset(a, b, reset, h0):
    """You drop the state only where all rows have a reset. Each row has its own documents: a reset in one
    row drops the state of that row, whatever the others do."""
    return _loop(a, b, np.broadcast_to(reset.all(axis=0), reset.shape), h0)


def only_the_first_row(a, b, reset, h0):
    """Only the resets of the first row have an effect with you. Every row of the batch has its own."""
    first = np.zeros_like(reset)
    first[0] = reset[0]
    return _loop(a, b, first, h0)


def only_the_output_masked(a, b, reset, h0):
    """At a reset you return the right state, but you go on with the old one. It is the state itself that
    is dropped, so the steps after it start from the new one, too."""
    return np.where(reset[:, :, None], b, _loop(a, b, np.zeros_like(reset), h0))


def h0_at_the_reset(a, b, reset, h0):
    """At a reset your h is h0. The new document starts from zero, and the input of that step counts: h is
    b there."""
    h, state = np.empty_like(b), h0
    for t in range(b.shape[1]):
        state = np.where(reset[:, t, None], h0, a[:, t] * state + b[:, t])
        h[:, t] = state
    return h


def h0_added_at_the_reset(a, b, reset, h0):
    """At a reset your h is h0 plus the input. h0 belongs to the first document of the row only; a new one
    starts from zero."""
    h, state = np.empty_like(b), h0
    for t in range(b.shape[1]):
        state = np.where(reset[:, t, None], h0, a[:, t] * state) + b[:, t]
        h[:, t] = state
    return h


def input_decayed_at_the_reset(a, b, reset, h0):
    """At a reset you multiply the input by the decay. A decay multiplies the old state, which is gone;
    the input is added as it is."""
    h, state = np.empty_like(b), h0
    for t in range(b.shape[1]):
        state = np.where(reset[:, t, None], a[:, t] * b[:, t], a[:, t] * state + b[:, t])
        h[:, t] = state
    return h


def time_first(a, b, reset, h0):
    """Your states are right, but time comes first in the shape. It should be (batch, time, dim)."""
    return np.moveaxis(_loop(a, b, reset, h0), 1, 0)


def products_divided(a, b, reset, h0):
    """You divide by the product of all decays so far. At a reset that product is zero, and after many
    small decays it is zero to a computer: nothing can be divided by it. Walk from step to step."""
    with np.errstate(all="ignore"):
        products = np.cumprod(np.where(reset[:, :, None], 0.0, a), axis=1)
        return products * (h0[:, None] + np.cumsum(b / products, axis=1))


def single_precision(a, b, reset, h0):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond
    3e38. Keep the dtype that came in."""
    with np.errstate(all="ignore"):
        return _loop(
            *(x.astype(np.float32) for x in (a, b)), reset, h0.astype(np.float32), drop=np.float32(0)
        )


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
