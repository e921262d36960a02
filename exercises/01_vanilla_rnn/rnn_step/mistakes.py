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
    return 1 / (1 + np.exp(-(h @ W.T + x_t @ U.T + b)))


def state_left_out(x_t, h, W, U, b):
    """Your new state depends on the input alone, so this network remembers nothing. Where does h enter?"""
    return np.tanh(x_t @ U.T + b)


def right_row_by_row(x_t, h, W, U, b):
    """Writes the formula as it stands, for one sequence after the other."""
    return np.array([np.tanh(W @ h[i] + U @ x_t[i] + b) for i in range(len(h))], dtype=h.dtype)


def right_one_product(x_t, h, W, U, b):
    """Puts state and input side by side and multiplies once."""
    both, weights = np.concatenate([h, x_t], axis=1), np.concatenate([W, U], axis=1)
    return np.tanh(np.einsum("bj,ij->bi", both, weights) + b)


def right_float32_inside(x_t, h, W, U, b):
    """Computes in float32 and returns the dtype of the input."""
    x, state, w, u, c = (array.astype(np.float32) for array in (x_t, h, W, U, b))
    return np.tanh(state @ w.T + x @ u.T + c).astype(x_t.dtype)
