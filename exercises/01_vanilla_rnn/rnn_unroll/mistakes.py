"""What goes wrong when a recurrent network reads a sequence."""

import numpy as np


def _step(x_t, h, W, U, b):
    return np.tanh(h @ W.T + x_t @ U.T + b)


def _unroll(x, h, W, U, b):
    states = []
    for t in range(x.shape[1]):
        h = _step(x[:, t], h, W, U, b)
        states.append(h)
    return np.stack(states, axis=1)


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


def right_float32_inside(x, h0, W, U, b):
    """Computes in float32 and returns the dtype of the input."""
    return _unroll(*(array.astype(np.float32) for array in (x, h0, W, U, b))).astype(x.dtype)
