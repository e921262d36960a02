"""What goes wrong where texts meet in one row, and other ways to get it right."""


def _loop(a, b, reset, h0, drop=0.0):
    """The recurrence, with what the state becomes where reset is True."""
    states, state = [], h0
    for t, begins in enumerate(reset):
        state = a[t] * (drop if begins else state) + b[t]
        states.append(state)
    return states


def reset_ignored(a, b, reset, h0):
    """The states are those of a scan without any reset. At a reset the old state must be gone from h."""
    return _loop(a, b, [False for _ in reset], h0)


def one_step_late(a, b, reset, h0):
    """Your reset comes one step late: the state is dropped after the step where reset is True. True marks
    the first step of a text, not the last one of the text before."""
    return _loop(a, b, [False, *reset[:-1]][: len(b)], h0)


def input_dropped_too(a, b, reset, h0):
    """At a reset your h is zero. The old state is dropped, but the input of that step is the first one of
    the new text and counts."""
    return _loop(a, [0.0 if begins else x for x, begins in zip(b, reset, strict=True)], reset, h0)


def back_to_h0(a, b, reset, h0):
    """At a reset your state goes back to h0. h0 belongs to the first text only; a new text starts from
    zero."""
    return _loop(a, b, reset, h0, drop=h0)


def first_step_left_out(a, b, reset, h0):
    """A reset at the very first step has no effect. It drops the state before that step, and that is h0."""
    return _loop(a, b, [False, *reset[1:]][: len(b)], h0)


def h0_forgotten(a, b, reset, h0):
    """You start from zero. h0 is the state before the first step; it counts unless reset is True there."""
    return _loop(a, b, reset, 0.0)


def kept_where_dropped(a, b, reset, h0):
    """True and False are swapped: the state survives where it should be dropped, and is dropped elsewhere."""
    return _loop(a, b, [not begins for begins in reset], h0)


def right_by_loop(a, b, reset, h0):
    """A loop that drops the state itself."""
    return _loop(a, b, reset, h0)


def right_text_by_text(a, b, reset, h0):
    """Looks back at the state it has just written, and only if the text goes on."""
    h = []
    for t in range(len(b)):
        before = 0.0 if reset[t] else h[-1] if t else h0
        h.append(b[t] + a[t] * before)
    return h
