"""What goes wrong when a recurrent network reads a sequence."""

import numpy as np


def _step(x_t, h, W, U, b):
    return np.tanh(h @ W.T + x_t @ U.T + b)


def _loop(step, x, h, first=0):
    states = np.empty((len(x), x.shape[1] - first, h.shape[1]), dtype=h.dtype)
    for t in range(first, x.shape[1]):
        h = states[:, t - first] = step(x[:, t], h)
    return states


def _unroll(x, h, W, U, b):
    return _loop(lambda x_t, state: _step(x_t, state, W, U, b), x, h)


def state_not_carried(x, h0, W, U, b):
    """Every step of yours starts again from h0, so the network forgets at once what it read. The state that
    comes out of one step must go into the next. Which variable does your step read, and who changes it?"""
    return np.stack([_step(x[:, t], h0, W, U, b) for t in range(x.shape[1])], axis=1)


def batch_and_time_swapped(x, h0, W, U, b):
    """Your loop runs over the batch and hands the state from one sequence to the next. The axes are (batch,
    time, dim): time is the second. Look at the index you use to pick x of a step."""
    states, h = [], h0
    for t in range(x.shape[0]):
        h = _step(x[t], h, W, U, b)
        states.append(h)
    return np.stack(states)


def time_axis_first(x, h0, W, U, b):
    """Your states are right, but they come out as (time, batch, d_hidden). The result must have the axes of
    x: batch first, then time. Look at the axis along which you stack."""
    return _unroll(x, h0, W, U, b).swapaxes(0, 1)


def start_state_ignored(x, h0, W, U, b):
    """You start from zeros, whatever h0 is. A sequence may be the continuation of another one: start from
    h0."""
    return _unroll(x, np.zeros_like(h0), W, U, b)


def one_step_late(x, h0, W, U, b):
    """Your states come one step late: your first one is h0. At time t we want the state after reading x[:,
    t]. Do you store the state before or after the step?"""
    states = _unroll(x, h0, W, U, b)
    return np.concatenate([h0[:, None], states[:, :-1]], axis=1)


def last_state_only(x, h0, W, U, b):
    """You return only the last state. We want the state after every step, (batch, time, d_hidden)."""
    return _unroll(x, h0, W, U, b)[:, -1]


def first_sequence_for_all(x, h0, W, U, b):
    """All sequences of your batch give the states of the first one. Look at the indices: `:` on the batch
    axis takes all sequences, 0 takes one."""
    states = _unroll(x[:1], h0[:1], W, U, b)
    return np.broadcast_to(states, (len(x), *states.shape[1:])).copy()


def state_leaks_into_the_next_sequence(x, h0, W, U, b):
    """Your first sequence is right, the others are not: each starts with the state in which the one before it
    ended. Sequences of a batch do not know of each other, and each has its own row of h0."""
    states, h = [], h0[:1]
    for i in range(len(x)):
        states.append(_unroll(x[i : i + 1], h, W, U, b))
        h = states[-1][:, -1]
    return np.concatenate(states)


def tanh_after_the_loop(x, h0, W, U, b):
    """You carry the state on before it is squeezed. What goes into the next step is h_t, after the tanh."""
    states, h = [], h0
    for t in range(x.shape[1]):
        h = h @ W.T + x[:, t] @ U.T + b
        states.append(np.tanh(h))
    return np.stack(states, axis=1)


def read_backwards(x, h0, W, U, b):
    """You read each sequence from its end. The state at time t may depend only on what came up to t."""
    return _unroll(x[:, ::-1], h0, W, U, b)[:, ::-1]


def start_state_in_front(x, h0, W, U, b):
    """Your result has one step too many: h0 is in it. We want one state for each step, from the one after
    reading x[:, 0]."""
    return np.concatenate([h0[:, None], _unroll(x, h0, W, U, b)], axis=1)


def last_state_everywhere(x, h0, W, U, b):
    """All steps of your result show the last state: you store one and the same array again and again, and
    change it later. Each step needs an array of its own, or a copy."""
    return np.repeat(_unroll(x, h0, W, U, b)[:, -1:], x.shape[1], axis=1)


def input_only_at_the_first_step(x, h0, W, U, b):
    """Your first step is right, and after it nothing comes in any more. Every step reads its own x[:, t]. In
    the example only zeros follow, so it does not show this."""
    only_first = np.zeros_like(x)
    only_first[:, 0] = x[:, 0]
    return _unroll(only_first, h0, W, U, b)


def first_input_at_every_step(x, h0, W, U, b):
    """Each of your steps reads x[:, 0] again. Step t reads x[:, t]."""
    return _unroll(np.repeat(x[:, :1], x.shape[1], axis=1), h0, W, U, b)


def last_step_left_out(x, h0, W, U, b):
    """Your result lacks the last step: does your loop stop one step too early?"""
    return _unroll(x, h0, W, U, b)[:, :-1]


def first_step_left_out(x, h0, W, U, b):
    """Your result lacks the first step, the state after reading x[:, 0]. Where does your loop begin?"""
    return _unroll(x, h0, W, U, b)[:, 1:]


def last_step_empty(x, h0, W, U, b):
    """The last step of your result was never filled in: does your loop stop one step too early?"""
    states = _unroll(x, h0, W, U, b)
    states[:, -1] = 0
    return states


def bias_forgotten(x, h0, W, U, b):
    """You left b out. It is added at every step, before the tanh."""
    return _unroll(x, h0, W, U, 0 * b)


def input_left_out(x, h0, W, U, b):
    """Your states do not depend on x. At each step U times x[:, t] is added before the tanh."""
    return _unroll(0 * x, h0, W, U, b)


def state_left_out(x, h0, W, U, b):
    """Your states depend on the input of their own step alone, so this network remembers nothing. Where does
    the old state enter?"""
    return _unroll(x, h0, 0 * W, U, b)


def W_transposed(x, h0, W, U, b):
    """Your W works the wrong way round. A row of h times W is not W times h: for rows, the matrix must be
    transposed. numpy cannot warn you, because W is square."""
    return _unroll(x, h0, W.T, U, b)


def U_transposed(x, h0, W, U, b):
    """Your U works the wrong way round. For rows, the matrix must be transposed."""
    return _unroll(x, h0, W, U.T, b)


def both_matrices_transposed(x, h0, W, U, b):
    """Your W and your U work the wrong way round. For rows, both matrices must be transposed."""
    return _unroll(x, h0, W.T, U.T, b)


def tanh_forgotten(x, h0, W, U, b):
    """Your states are not squeezed: their numbers leave the range from -1 to 1. Which function is missing
    around the sum?"""
    return _loop(lambda x_t, h: h @ W.T + x_t @ U.T + b, x, h0)


def bias_outside_the_tanh(x, h0, W, U, b):
    """You add b after the tanh. It belongs into the sum that goes through the tanh. Check your brackets."""
    return _loop(lambda x_t, h: np.tanh(h @ W.T + x_t @ U.T) + b, x, h0)


def tanh_of_the_input_only(x, h0, W, U, b):
    """You take the tanh of the input's part and add the old state's part afterwards. The tanh belongs around
    the whole sum. Check your brackets."""
    return _loop(lambda x_t, h: h @ W.T + np.tanh(x_t @ U.T + b), x, h0)


def tanh_of_the_state_only(x, h0, W, U, b):
    """You take the tanh of the old state's part and add the input's part afterwards. The tanh belongs around
    the whole sum. Check your brackets."""
    return _loop(lambda x_t, h: np.tanh(h @ W.T) + x_t @ U.T + b, x, h0)


def tanh_of_each_part(x, h0, W, U, b):
    """You take the tanh of each part, of the state, the input and b, and add them up. The tanh comes once,
    around the whole sum."""
    return _loop(lambda x_t, h: np.tanh(h @ W.T) + np.tanh(x_t @ U.T) + np.tanh(b), x, h0)


def sigmoid_for_tanh(x, h0, W, U, b):
    """All your numbers lie between 0 and 1: that is the logistic sigmoid. tanh goes from -1 to 1."""
    return _loop(lambda x_t, h: 0.5 + 0.5 * np.tanh((h @ W.T + x_t @ U.T + b) / 2), x, h0)


def old_state_added(x, h0, W, U, b):
    """You add the new state to the old one. It is made anew: the tanh of the sum is all of it."""
    return _loop(lambda x_t, h: h + _step(x_t, h, W, U, b), x, h0)


def states_added_up(x, h0, W, U, b):
    """You return running sums of the states. At time t we want the state itself."""
    return np.cumsum(_unroll(x, h0, W, U, b), axis=1)


def newest_state_first(x, h0, W, U, b):
    """Your states run backwards in time: the last one comes first."""
    return _unroll(x, h0, W, U, b)[:, ::-1]


def rounded(x, h0, W, U, b):
    """You round the states to four digits. The example is only printed like that: return what np.tanh
    gives."""
    return np.round(_unroll(x, h0, W, U, b), 4)


def two_steps_back(x, h0, W, U, b):
    """Your step reads the state of two steps before. At step t it needs the one that step t - 1 has just
    made: look at the index."""
    states = [h0, h0]
    for t in range(x.shape[1]):
        states.append(_step(x[:, t], states[-2], W, U, b))
    return np.stack(states[2:], axis=1)


def input_one_step_late(x, h0, W, U, b):
    """Your step t reads the input of step t - 1. The state at time t is the one after reading x[:, t]."""
    return _unroll(np.concatenate([x[:, :1], x[:, :-1]], axis=1), h0, W, U, b)


def start_state_for_the_first_step(x, h0, W, U, b):
    """Your first state is h0 itself, and x[:, 0] is never read. At time 0 we want the state after reading
    x[:, 0]: the first step is taken, too."""
    return np.concatenate([h0[:, None], _loop(lambda x_t, h: _step(x_t, h, W, U, b), x, h0, 1)], axis=1)


def first_step_empty(x, h0, W, U, b):
    """The first step of your result was never filled in, and x[:, 0] is not read. Where does your loop
    begin?"""
    rest = _loop(lambda x_t, h: _step(x_t, h, W, U, b), x, h0, 1)
    return np.concatenate([np.zeros_like(h0)[:, None], rest], axis=1)


def first_start_state_for_all(x, h0, W, U, b):
    """All your sequences start from the first row of h0. Each has its own row."""
    return _unroll(x, np.repeat(h0[:1], len(x), axis=0), W, U, b)


def bias_only_at_the_first_step(x, h0, W, U, b):
    """You add b at the first step only. It is added at every step."""
    states = [h0]
    for t in range(x.shape[1]):
        states.append(_step(x[:, t], states[-1], W, U, b if t == 0 else 0 * b))
    return np.stack(states[1:], axis=1)


def elementwise_product(x, h0, W, U, b):
    """You use * where a matrix product is meant. Each new number of the state needs a sum over all old ones,
    which is @ in numpy."""
    return _unroll(x, h0, np.diag(W.diagonal()), U, b)


def right_one_sequence_at_a_time(x, h0, W, U, b):
    """Two loops, over the sequences and over time, with the formula as it stands."""
    states = np.zeros((len(x), x.shape[1], len(b)), dtype=x.dtype)
    for i in range(len(x)):
        h = h0[i]
        for t in range(x.shape[1]):
            h = np.tanh(W @ h + U @ x[i, t] + b)
            states[i, t] = h
    return states


def right_inputs_first(x, h0, W, U, b):
    """Multiplies all inputs by U at once; only what needs the state stays in the loop. A list is stacked at
    the end."""
    pushes, states = x @ U.T + b, [h0]
    for t in range(x.shape[1]):
        states.append(np.tanh(states[-1] @ W.T + pushes[:, t]))
    return np.stack(states, axis=1)[:, 1:]
