"""What goes wrong where texts meet in one row, and other ways to get it right."""

from ctypes import c_float
from itertools import accumulate
from math import inf, nan


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


def _masked(a, reset, value):
    return [value if begins else x for x, begins in zip(a, reset, strict=True)]


def _never(reset):
    return [False for _ in reset]


def one_step_early(a, b, reset, h0):
    """Your reset comes one step early: the last step of a text starts from zero already. True marks the
    first step of the new text."""
    return _loop(a, b, [*reset[1:], False][: len(b)], h0)


def input_dropped_state_kept(a, b, reset, h0):
    """At a reset you drop the input and keep the old state. It is the other way round: the old state
    goes, and its factor is a[t]; the input b[t] counts."""
    return _loop(a, _masked(b, reset, 0.0), _never(reset), h0)


def decay_of_one(a, b, reset, h0):
    """At a reset you set the decay to one. That keeps the whole old state; a decay of zero drops it."""
    return _loop(_masked(a, reset, 1.0), b, _never(reset), h0)


def decay_of_one_and_late(a, b, reset, h0):
    """You set the decay to one at the step after the reset. A decay of one keeps the whole old state,
    zero drops it; and True marks the step that drops it, not the one before."""
    return _loop(_masked(a, [False, *reset[:-1]][: len(b)], 1.0), b, _never(reset), h0)


def decay_is_reset(a, b, reset, h0):
    """You use reset itself as the decay. Where it is True the decay must be zero, and elsewhere it stays
    as it is."""
    return _loop([float(begins) for begins in reset], b, _never(reset), h0)


def decay_is_one_or_zero(a, b, reset, h0):
    """Your decay is one where there is no reset. It is zero at a reset, and elsewhere it stays what it is
    in a."""
    return _loop([1.0 for _ in a], b, reset, h0)


def zero_from_then_on(a, b, reset, h0):
    """From the first reset on you forget the state at each step. A reset drops the state once; after it
    the new text goes on with its own decays."""
    return _loop(a, b, list(accumulate(reset, max)), h0)


def only_first_reset(a, b, reset, h0):
    """Only the first reset of the row has an effect with you. A row may hold many texts: go through the
    whole list of resets."""
    return _loop(a, b, [begins and True not in reset[:t] for t, begins in enumerate(reset)], h0)


def only_last_reset(a, b, reset, h0):
    """Only the last reset of the row has an effect with you. A row may hold many texts: go through the
    whole list of resets."""
    return _loop(a, b, [begins and True not in reset[t + 1 :] for t, begins in enumerate(reset)], h0)


def last_text_missing(a, b, reset, h0):
    """The last text is missing. No reset comes after it, so what you do when a text is over must be done
    once more at the end."""
    last = max((t for t, begins in enumerate(reset) if begins), default=0)
    return _loop(a, b, reset, h0)[:last]


def first_text_missing(a, b, reset, h0):
    """What stands before the first reset is missing. It is a text, too, and goes on from h0."""
    first = next((t for t, begins in enumerate(reset) if begins), len(b))
    return _loop(a, b, reset, h0)[first:]


def reset_steps_missing(a, b, reset, h0):
    """You return no state for the steps at which a text begins. Such a step has a state, too: its input."""
    return [h for h, begins in zip(_loop(a, b, reset, h0), reset, strict=True) if not begins]


def h0_among_the_states(a, b, reset, h0):
    """Your h begins with h0. h holds the T states after the steps; h0 is the state before the first one."""
    return [h0, *_loop(a, b, reset, h0)]


def texts_apart(a, b, reset, h0):
    """You return a list for each text. All states belong into one list, in the order of time."""
    texts = [[]]
    for h, begins in zip(_loop(a, b, reset, h0), reset, strict=True):
        if begins and texts != [[]]:
            texts.append([])
        texts[-1].append(h)
    return texts


def leak_subtracted(a, b, reset, h0):
    """You let the old state in and subtract it again. If it is huge, the input is lost in the difference.
    Make its factor zero instead, and nothing has to be taken back."""
    states, state = [], h0
    for t, begins in enumerate(reset):
        leak = a[t] * state
        state = leak + (b[t] - leak if begins else b[t])
        states.append(state)
    return states


def carry_subtracted_afterwards(a, b, reset, h0):
    """You run over the boundary and subtract what came across it afterwards. If the old state is huge,
    all that is new is lost in the difference. Make its factor zero instead, and nothing comes across."""
    h = _loop(a, b, _never(reset), h0)
    states, carry = [], 0.0
    for t, begins in enumerate(reset):
        carry = a[t] * ((h[t - 1] if t else h0) if begins else carry)
        states.append(h[t] - carry)
    return states


def only_the_output_masked(a, b, reset, h0):
    """At a reset you return the right state, but you go on with the old one. It is the state itself that
    is dropped, so the steps after it start from the new one, too."""
    h = _loop(a, b, _never(reset), h0)
    return [x if begins else state for x, state, begins in zip(b, h, reset, strict=True)]


def _at_reset(a, b, reset, h0, begin):
    """The recurrence, with the state after a step where reset is True."""
    states, state = [], h0
    for t, begins in enumerate(reset):
        state = begin(a[t], b[t]) if begins else a[t] * state + b[t]
        states.append(state)
    return states


def h0_at_the_reset(a, b, reset, h0):
    """At a reset your h is h0. The new text starts from zero, and the input of that step counts: h is b
    there."""
    return _at_reset(a, b, reset, h0, lambda x, y: h0)


def h0_added_at_the_reset(a, b, reset, h0):
    """At a reset your h is h0 plus the input. h0 belongs to the first text of the row only; a new one
    starts from zero."""
    return _at_reset(a, b, reset, h0, lambda x, y: h0 + y)


def input_decayed_at_the_reset(a, b, reset, h0):
    """At a reset you multiply the input by the decay. A decay multiplies the old state, which is gone;
    the input is added as it is."""
    return _at_reset(a, b, reset, h0, lambda x, y: x * y)


def reset_steps_skipped(a, b, reset, h0):
    """You skip the steps at which a text begins: their inputs are lost, and so are their states. Such a
    step has a state, too: its input."""
    h = _at_reset(a, b, reset, h0, lambda x, y: 0.0)
    return [state for state, begins in zip(h, reset, strict=True) if not begins]


def last_state_alone(a, b, reset, h0):
    """You return only the last state. All T states are asked for: append each one within the loop."""
    return _loop(a, b, reset, h0)[-1:]


def products_divided(a, b, reset, h0):
    """You divide by the product of all decays so far. At a reset that product is zero, and after many
    small decays it is zero to a computer: nothing can be divided by it. Walk from step to step."""

    def divided(x, y):
        return x / y if y else nan if x == 0 or x != x else inf

    states, total, product = [], h0, 1.0
    for x, y in zip(_masked(a, reset, 0.0), b, strict=True):
        product *= x
        total += divided(y, product)
        states.append(product * total)
    return states


def single_precision(a, b, reset, h0):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond
    3e38. Use the numbers of Python, or arrays of float64."""

    def narrow(x):
        return c_float(x).value

    states, state = [], narrow(h0)
    for t, begins in enumerate(reset):
        state = narrow((0.0 if begins else narrow(a[t]) * state) + narrow(b[t]))
        states.append(state)
    return states


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
