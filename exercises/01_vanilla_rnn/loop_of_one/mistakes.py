"""What goes wrong when a loop is to remember."""

import math


def _run(w, x, h):
    states = []
    for number in x:
        h = math.tanh(w * h + number)
        states.append(h)
    return states


def _unsqueezed(w, x, h):
    states = []
    for number in x:
        h = w * h + number
        states.append(h)
    return states


def state_not_carried(w, x, h0):
    """Every step of yours starts again from h0, so the loop forgets at once what it read. The state that one
    step makes must go into the next. Which variable does your step read, and who changes it?"""
    return [math.tanh(w * h0 + number) for number in x]


def one_step_late(w, x, h0):
    """Your list begins with h0 and comes one step late. The first state in it is the one after reading x[0].
    Do you append before or after the step?"""
    return [h0, *_run(w, x, h0)][: len(x)]


def start_state_in_the_list(w, x, h0):
    """Your list has one number too many: h0 is in it. We want one state for each number that came in."""
    return [h0, *_run(w, x, h0)]


def start_state_ignored(w, x, h0):
    """You start from 0, whatever h0 is. What comes in may be the second half of something: start from h0."""
    return _run(w, x, 0.0)


def tanh_forgotten(w, x, h0):
    """Your states are not squeezed: take math.tanh of the sum, or a large w lets the state grow without
    end."""
    return _unsqueezed(w, x, h0)


def tanh_after_the_loop(w, x, h0):
    """You squeeze only what goes into the list. What goes on to the next step is h, after the tanh."""
    return [math.tanh(state) for state in _unsqueezed(w, x, h0)]


def tanh_of_the_old_state_only(w, x, h0):
    """You take tanh of w times the old state and add the input after it. The input goes inside, too."""
    states, h = [], h0
    for number in x:
        h = math.tanh(w * h) + number
        states.append(h)
    return states


def weight_on_the_input(w, x, h0):
    """Your w multiplies what comes in, too. It belongs to the old state alone: the brackets are in the wrong
    place."""
    states, h = [], h0
    for number in x:
        h = math.tanh(w * (h + number))
        states.append(h)
    return states


def last_state_only(w, x, h0):
    """You return the last state alone. We want a list of all of them."""
    return _run(w, x, h0)[-1] if x else h0


def right_with_an_index(w, x, h0):
    """Looks back into the list that it makes."""
    states = [h0]
    for t in range(len(x)):
        states.append(math.tanh(w * states[t] + x[t]))
    return states[1:]


def right_with_exponentials(w, x, h0):
    """Writes tanh with two exponentials, as 1 - 2 / (exp(2 z) + 1)."""
    h, states = h0, []
    for number in x:
        h = 1 - 2 / (math.exp(2 * (w * h + number)) + 1)
        states.append(h)
    return states


def right_recursive(w, x, h0):
    """The states of a list are those without its last number, and one more."""
    if not x:
        return []
    before = right_recursive(w, x[:-1], h0)
    return [*before, math.tanh(w * (before[-1] if before else h0) + x[-1])]
