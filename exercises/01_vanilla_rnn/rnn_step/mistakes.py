"""What goes wrong in one step of the vanilla recurrent network."""

import numpy as np


def W_transposed(x_t, h, W, U, b):
    """Your W works the wrong way round. A row of h times W is not W times h: for rows, the matrix must be
    transposed. numpy cannot warn you, because W is square."""
    return np.tanh(h @ W + x_t @ U.T + b)


def both_matrices_transposed(x_t, h, W, U, b):
    """You multiply the rows by W and by U as they are. The formula has the matrix on the left of a column;
    with rows on the left, both matrices must be transposed."""
    return np.tanh(h @ W + x_t @ U + b)


def batch_multiplied_instead_of_state(x_t, h, W, U, b):
    """Your product mixes the sequences of the batch with each other. W @ h adds up the rows of h, and each
    row is another sequence. W must act on the numbers inside a row."""
    return np.tanh(W @ h + U @ x_t + b)


def elementwise_product(x_t, h, W, U, b):
    """You use * where a matrix product is meant. * multiplies number by number; each new state number needs a
    sum over all old ones, which is @ in numpy."""
    return np.tanh(h * W.diagonal() + x_t @ U.T + b)


def bias_forgotten(x_t, h, W, U, b):
    """You left b out. It is added to every row before the tanh."""
    return np.tanh(h @ W.T + x_t @ U.T)


def tanh_forgotten(x_t, h, W, U, b):
    """Your state is not squeezed: its numbers leave the range from -1 to 1. Which function is missing around
    the sum?"""
    return h @ W.T + x_t @ U.T + b


def tanh_of_the_input_only(x_t, h, W, U, b):
    """You take the tanh of the input's part and add the old state's part afterwards. The tanh belongs around
    the whole sum. Check your brackets."""
    return h @ W.T + np.tanh(x_t @ U.T + b)


def bias_outside_the_tanh(x_t, h, W, U, b):
    """You add b after the tanh, so the state can leave the range from -1 to 1. Check your brackets."""
    return np.tanh(h @ W.T + x_t @ U.T) + b


def sigmoid_for_tanh(x_t, h, W, U, b):
    """All your numbers lie between 0 and 1: that is the logistic sigmoid. tanh goes from -1 to 1."""
    return 0.5 + 0.5 * np.tanh((h @ W.T + x_t @ U.T + b) / 2)


def state_left_out(x_t, h, W, U, b):
    """Your new state depends on the input alone, so this network remembers nothing. Where does h enter?"""
    return np.tanh(x_t @ U.T + b)


def U_transposed(x_t, h, W, U, b):
    """Your U works the wrong way round. A row of x_t times U is not U times x_t: for rows, the matrix must be
    transposed."""
    return np.tanh(h @ W.T + x_t @ U + b)


def matrices_swapped(x_t, h, W, U, b):
    """You multiply W by the input and U by the old state. W belongs to the state, U to the input."""
    return np.tanh(x_t @ W.T + h @ U.T + b)


def sequences_in_columns(x_t, h, W, U, b):
    """Your numbers are right, but each sequence is a column of the result. The result has one sequence in
    each row, as h and x_t have."""
    return np.tanh(h @ W.T + x_t @ U.T + b).T


def bias_along_the_batch(x_t, h, W, U, b):
    """You add b along the wrong axis: b[i] goes to sequence i. It belongs to number i of every state. If your
    sequences are columns while you add, b must be a column, too."""
    return np.tanh(h @ W.T + x_t @ U.T + b[:, None])


def bias_twice(x_t, h, W, U, b):
    """You add b twice, once with each matrix. It is added once."""
    return np.tanh(h @ W.T + x_t @ U.T + 2 * b)


def new_numbers_used_too_early(x_t, h, W, U, b):
    """You write the new numbers into the array that you still read from. So later numbers of a state are
    pushed by new ones. All pushes come from the old state: give the new one an array of its own."""
    state = np.array(h)
    for i in range(state.shape[1]):
        state[:, i] = np.tanh(state @ W[i] + x_t @ U[i] + b[i])
    return state


def sequences_joined(x_t, h, W, U, b):
    """Your second sequence goes on from the new state of the first. The sequences of a batch do not know of
    each other: row i starts from row i of h."""
    rows, state = [], h[0]
    for row in x_t:
        state = np.tanh(W @ state + U @ row + b)
        rows.append(state)
    return np.array(rows)


def first_sequence_for_all(x_t, h, W, U, b):
    """All rows of your result are that of the first sequence. Row i is made from row i of x_t and of h."""
    return np.repeat(np.tanh(h[:1] @ W.T + x_t[:1] @ U.T + b), len(h), axis=0)


def batch_added_up(x_t, h, W, U, b):
    """You add up the states of all sequences. Each sequence keeps its own row."""
    return np.tanh(h @ W.T + x_t @ U.T + b).sum(axis=0)


def first_sequence_only(x_t, h, W, U, b):
    """You return the new state of the first sequence only. The result has a row for each sequence of the
    batch."""
    return np.tanh(h[:1] @ W.T + x_t[:1] @ U.T + b)


def tanh_of_each_part(x_t, h, W, U, b):
    """You take the tanh of each part, of the state, the input and b, and add them up. The tanh comes once,
    around the whole sum."""
    return np.tanh(h @ W.T) + np.tanh(x_t @ U.T) + np.tanh(b)


def tanh_of_the_two_parts(x_t, h, W, U, b):
    """You take the tanh of the state's part and of the input's part, and add them up. The tanh comes once,
    around the whole sum."""
    return np.tanh(h @ W.T) + np.tanh(x_t @ U.T + b)


def tanh_of_two_parts_and_b(x_t, h, W, U, b):
    """You take the tanh of the state's part and of the input's part, and add them and b up. The tanh comes
    once, around the whole sum."""
    return np.tanh(h @ W.T) + np.tanh(x_t @ U.T) + b


def tanh_of_the_state_only(x_t, h, W, U, b):
    """You take the tanh of the old state's part and add the input's part afterwards. The tanh belongs around
    the whole sum. Check your brackets."""
    return np.tanh(h @ W.T) + x_t @ U.T + b


def tanh_twice(x_t, h, W, U, b):
    """You take the tanh of the old state once more. It has been through the tanh already when it was made."""
    return np.tanh(np.tanh(h) @ W.T + x_t @ U.T + b)


def old_state_added(x_t, h, W, U, b):
    """You add the new numbers to the old state. The state is made anew: the tanh of the sum is all of it."""
    return h + np.tanh(h @ W.T + x_t @ U.T + b)


def old_state_without_W(x_t, h, W, U, b):
    """The old state enters as it is, without W. Each new number needs a sum over all old ones, weighted by
    W."""
    return np.tanh(h + x_t @ U.T + b)


def input_left_out(x_t, h, W, U, b):
    """Your new state does not depend on the input: U times x_t is missing from the sum."""
    return np.tanh(h @ W.T + b)


def rounded(x_t, h, W, U, b):
    """You round the numbers to four digits. The example is only printed like that: return what np.tanh
    gives."""
    return np.round(np.tanh(h @ W.T + x_t @ U.T + b), 4)


def relu_for_tanh(x_t, h, W, U, b):
    """You cut negative numbers off at 0. The network of this lesson squeezes with tanh, which goes from -1 to
    1."""
    return np.maximum(h @ W.T + x_t @ U.T + b, 0)


def right_row_by_row(x_t, h, W, U, b):
    """Writes the formula as it stands, for one sequence after the other."""
    return np.array([np.tanh(W @ h[i] + U @ x_t[i] + b) for i in range(len(h))], dtype=h.dtype)


def right_one_product(x_t, h, W, U, b):
    """Puts state and input side by side and multiplies once."""
    both, weights = np.concatenate([h, x_t], axis=1), np.concatenate([W, U], axis=1)
    return np.tanh(np.einsum("bj,ij->bi", both, weights) + b)
