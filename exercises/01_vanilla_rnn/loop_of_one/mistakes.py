"""What goes wrong when a loop is to remember."""

import math


def _loop(step, x, h):
    states = []
    for number in x:
        h = step(h, number)
        states.append(h)
    return states


def _run(w, x, h):
    return _loop(lambda h, number: math.tanh(w * h + number), x, h)


def _unsqueezed(w, x, h):
    return _loop(lambda h, number: w * h + number, x, h)


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
    return _loop(lambda h, number: math.tanh(w * h) + number, x, h0)


def weight_on_the_input(w, x, h0):
    """Your w multiplies what comes in, too. It belongs to the old state alone: the brackets are in the wrong
    place."""
    return _loop(lambda h, number: math.tanh(w * (h + number)), x, h0)


def old_input_for_the_old_state(w, x, h0):
    """From the second step on, you add w times the input before. What w multiplies is the state before: it
    holds all that came earlier, the input before only itself."""
    return [math.tanh(w * (x[t - 1] if t else h0) + x[t]) for t in range(len(x))]


def mixed_as_an_average(w, x, h0):
    """You multiply the input by 1 - w, as in a running average. Here it is added whole; only the old state is
    weighted."""
    return _loop(lambda h, number: math.tanh(w * h + (1 - w) * number), x, h0)


def weight_on_the_input_only(w, x, h0):
    """Your w multiplies the input, and the old state enters whole. It is the other way round: w belongs to
    the old state."""
    return _loop(lambda h, number: math.tanh(h + w * number), x, h0)


def weight_forgotten(w, x, h0):
    """You left w out: the old state enters with the weight w, not whole."""
    return _loop(lambda h, number: math.tanh(h + number), x, h0)


def weight_outside_the_tanh(w, x, h0):
    """You multiply by w after the tanh. w weighs the old state, inside the brackets of the tanh."""
    return _loop(lambda h, number: w * math.tanh(h + number), x, h0)


def tanh_of_the_input_only(w, x, h0):
    """You take tanh of the input and add w times the old state after it. The old state goes inside, too."""
    return _loop(lambda h, number: w * h + math.tanh(number), x, h0)


def tanh_of_each_part(w, x, h0):
    """You take tanh of each part and add them up. tanh comes once, around the whole sum."""
    return _loop(lambda h, number: math.tanh(w * h) + math.tanh(number), x, h0)


def old_state_added(w, x, h0):
    """You add the new number to the old state. The state is made anew: the tanh of the sum is all of it."""
    return _loop(lambda h, number: h + math.tanh(w * h + number), x, h0)


def tanh_twice(w, x, h0):
    """You take tanh of the old state once more. It has been through the tanh already when it was made."""
    return _loop(lambda h, number: math.tanh(w * math.tanh(h) + number), x, h0)


def sigmoid_for_tanh(w, x, h0):
    """All your numbers lie between 0 and 1: that is the logistic sigmoid. tanh goes from -1 to 1."""
    return _loop(lambda h, number: 1 / (1 + math.exp(-(w * h + number))), x, h0)


def input_left_out(w, x, h0):
    """Your states do not depend on x. At each step the number that comes in is added before the tanh."""
    return _loop(lambda h, number: math.tanh(w * h), x, h0)


def state_left_out(w, x, h0):
    """Your states depend on the input of their own step alone, so this loop remembers nothing. Where does w
    times the old state enter?"""
    return _loop(lambda h, number: math.tanh(number), x, h0)


def first_input_only(w, x, h0):
    """Your first step is right, and after it nothing comes in any more. Every step reads its own number of
    x."""
    return _run(w, [x[0], *[0.0] * (len(x) - 1)], h0) if x else []


def first_input_at_every_step(w, x, h0):
    """Each of your steps reads x[0] again. Step t reads x[t]."""
    return _run(w, x[:1] * len(x), h0)


def start_state_for_the_first_step(w, x, h0):
    """Your first state is h0 itself, and x[0] is never read. The first state is the one after reading x[0]:
    the first step is taken, too."""
    return [h0, *_run(w, x[1:], h0)] if x else []


def rounded(w, x, h0):
    """You round the states to four digits. The example is only printed like that: return what math.tanh
    gives."""
    return [round(h, 4) for h in _run(w, x, h0)]


def rounded_and_handed_on(w, x, h0):
    """You round each state to four digits and even hand it on. The example is only printed like that: keep
    what math.tanh gives."""
    return _loop(lambda h, number: round(math.tanh(w * h + number), 4), x, h0)


def last_state_everywhere(w, x, h0):
    """All places of your list hold the last state. Each state must be stored when it is made, before the next
    one replaces it."""
    return _run(w, x, h0)[-1:] * len(x)


def newest_state_first(w, x, h0):
    """Your list runs backwards: the last state comes first. Append each state at the end."""
    return _run(w, x, h0)[::-1]


def read_backwards(w, x, h0):
    """You read x from its end. The first number of x comes first."""
    return _run(w, x[::-1], h0)[::-1]


def first_step_missing(w, x, h0):
    """Your list lacks the first state, the one after reading x[0]. Where does your loop begin?"""
    return _run(w, x, h0)[1:]


def last_step_missing(w, x, h0):
    """Your list lacks the last state. Does your loop stop one number too early?"""
    return _run(w, x, h0)[:-1]


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
    """Writes tanh with an exponential of a number that is never positive, so that it cannot overflow."""
    h, states = h0, []
    for number in x:
        z = w * h + number
        small = math.exp(-2 * abs(z))
        h = math.copysign((1 - small) / (1 + small), z)
        states.append(h)
    return states


def right_recursive(w, x, h0):
    """The states of a list are those without its last number, and one more."""
    if not x:
        return []
    before = right_recursive(w, x[:-1], h0)
    return [*before, math.tanh(w * (before[-1] if before else h0) + x[-1])]
