"""What goes wrong in backpropagation through time."""

import numpy as np


def _before(h, h0):
    return np.concatenate([h0[:, None], h[:, :-1]], axis=1)


def _blame(h, grad_h, W, slope):
    """grad_z, (batch, time, d_hidden)."""
    grad_z, from_later = np.empty_like(h), np.zeros_like(h[:, 0])
    for t in reversed(range(h.shape[1])):
        grad_z[:, t] = slope[:, t] * (grad_h[:, t] + from_later)
        from_later = grad_z[:, t] @ W
    return grad_z


def _collect(grad_z, before, x, W):
    return {
        "W": np.einsum("bti,btj->ij", grad_z, before),
        "U": np.einsum("bti,btj->ij", grad_z, x),
        "b": grad_z.sum(axis=(0, 1)),
        "h0": grad_z[:, 0] @ W,
    }


def blame_from_later_forgotten(x, h, grad_h, W, U, h0):
    """Your gradient is only local: each step is blamed for what the loss sees in its own state, and for
    nothing that came later. Then nothing could ever be learned about the past. What does step t + 1 want of
    h_t?"""
    return _collect((1 - h**2) * grad_h, _before(h, h0), x, W)


def blame_reaches_back_one_step(x, h, grad_h, W, U, h0):
    """Your blame travels back one step and stops. What step t + 1 hands back must contain what it got from
    step t + 2 itself. Do you hand back grad_z, or only its direct part?"""
    slope = 1 - h**2
    local = slope * grad_h
    from_later = np.concatenate([local[:, 1:] @ W, np.zeros_like(local[:, :1])], axis=1)
    return _collect(slope * (grad_h + from_later), _before(h, h0), x, W)


def W_not_transposed_on_the_way_back(x, h, grad_h, W, U, h0):
    """Your blame goes back through W the wrong way round. Forward, a row of states was multiplied by W.T;
    backward, it must be multiplied by W. numpy cannot warn you, because W is square."""
    return _collect(_blame(h, grad_h, W.T, 1 - h**2), _before(h, h0), x, W.T)


def slope_forgotten(x, h, grad_h, W, U, h0):
    """You let blame pass through the tanh as if it were not there. Its slope, 1 - h_t^2, is missing from your
    grad_z."""
    return _collect(_blame(h, grad_h, W, np.ones_like(h)), _before(h, h0), x, W)


def slope_at_the_state_before(x, h, grad_h, W, U, h0):
    """You take the slope of tanh from the state before the step. The tanh of step t made h_t, so its slope is
    1 - h_t^2. Look at the index."""
    before = _before(h, h0)
    return _collect(_blame(h, grad_h, W, 1 - before**2), before, x, W)


def slope_on_the_direct_part_only(x, h, grad_h, W, U, h0):
    """You multiply only the direct blame by the slope of tanh. What comes from later steps also went through
    this tanh: add the two first, then multiply. Check your brackets."""
    slope, grad_z, from_later = 1 - h**2, np.empty_like(h), np.zeros_like(h0)
    for t in reversed(range(h.shape[1])):
        grad_z[:, t] = slope[:, t] * grad_h[:, t] + from_later
        from_later = grad_z[:, t] @ W
    return _collect(grad_z, _before(h, h0), x, W)


def tanh_of_the_state_again(x, h, grad_h, W, U, h0):
    """You take the tanh a second time: your slope is 1 - tanh(h_t)^2. h_t has already gone through the
    tanh."""
    return _collect(_blame(h, grad_h, W, 1 - np.tanh(h) ** 2), _before(h, h0), x, W)


def W_blamed_for_the_state_after(x, h, grad_h, W, U, h0):
    """Only your gradient of W is wrong: you multiply grad_z_t by h_t. W multiplied the state before the step,
    so that is what it is blamed for."""
    return _collect(_blame(h, grad_h, W, 1 - h**2), h, x, W)


def start_state_taken_as_zero(x, h, grad_h, W, U, h0):
    """Your gradient of W leaves out the first step. The state before it is h0, and h0 need not be zero."""
    return _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, np.zeros_like(h0)), x, W)


def last_state_before_the_first(x, h, grad_h, W, U, h0):
    """Only your gradient of W is wrong, and only because of the first step. At t = 0 the index t - 1 is -1,
    and Python takes that for the last step. Which state came before the first?"""
    return _collect(_blame(h, grad_h, W, 1 - h**2), np.roll(h, 1, axis=1), x, W)


def gradient_of_W_transposed(x, h, grad_h, W, U, h0):
    """Your gradient of W has rows and columns swapped. Row i of W makes z[i], so row i of its gradient comes
    from grad_z[i]."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "W": gradients["W"].T.copy()}


def first_step_only(x, h, grad_h, W, U, h0):
    """Your gradients hold only what the last turn of your loop found, the step t = 0. W, U and b were used at
    every step: add up instead of replacing."""
    grad_z = _blame(h, grad_h, W, 1 - h**2)[:, :1]
    return _collect(grad_z, h0[:, None], x[:, :1], W)


def mean_over_the_batch(x, h, grad_h, W, U, h0):
    """You take the mean over the batch. If the loss is a mean, grad_h knows it already; here everything is
    added up, over steps and over sequences."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {key: array if key == "h0" else array / len(x) for key, array in gradients.items()}


def forward_instead_of_backward(x, h, grad_h, W, U, h0):
    """Your loop runs forward in time. Blame comes from the future: start at the last step and walk back."""
    slope, grad_z, other = 1 - h**2, np.empty_like(h), np.zeros_like(h0)
    for t in range(h.shape[1]):
        grad_z[:, t] = slope[:, t] * (grad_h[:, t] + other)
        other = grad_z[:, t] @ W
    return {**_collect(grad_z, _before(h, h0), x, W), "h0": other}


def right_blame_first_then_products(x, h, grad_h, W, U, h0):
    """Finds all grad_z first and collects the gradients with one product each."""
    return _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)


def right_number_by_number(x, h, grad_h, W, U, h0):
    """Loops over sequences and single numbers, with no matrix product."""
    W_, U_ = np.zeros_like(W), np.zeros_like(U)
    b_, h0_, d = np.zeros_like(W[0]), np.zeros_like(h0), range(len(W))
    for n in range(len(x)):
        later = [0.0 for _ in d]
        for t in range(x.shape[1] - 1, -1, -1):
            grad_z = [(1 - h[n, t, i] * h[n, t, i]) * (grad_h[n, t, i] + later[i]) for i in d]
            for i in d:
                b_[i] += grad_z[i]
                for j in d:
                    W_[i, j] += grad_z[i] * (h[n, t - 1, j] if t else h0[n, j])
                for j in range(x.shape[2]):
                    U_[i, j] += grad_z[i] * x[n, t, j]
            later = [sum(W[i, j] * grad_z[i] for i in d) for j in d]
        h0_[n] = later
    return {"W": W_, "U": U_, "b": b_, "h0": h0_}


def right_forward_in_time(x, h, grad_h, W, U, h0):
    """Real-time recurrent learning: carries how each state depends on each parameter forward, with no way
    back."""
    batch, time, d = h.shape
    slope, before, eye = 1 - h**2, _before(h, h0), np.eye(d, dtype=x.dtype)
    gradients = dict.fromkeys(("W", "U", "b", "h0"), 0)
    # depends[key][n, i, ...]: how state i of sequence n depends on that parameter.
    depends = {
        "W": np.zeros((batch, d, d, d), x.dtype),
        "U": np.zeros((batch, d, d, x.shape[2]), x.dtype),
        "b": np.zeros((batch, d, d), x.dtype),
        "h0": np.broadcast_to(eye, (batch, d, d)),
    }
    for t in range(time):
        direct = {
            "W": np.einsum("ik,nj->nikj", eye, before[:, t]),
            "U": np.einsum("ik,nj->nikj", eye, x[:, t]),
            "b": eye[None],
            "h0": 0,
        }
        for key in gradients:
            through = np.einsum("ij,nj...->ni...", W, depends[key]) + direct[key]
            depends[key] = np.einsum("ni,ni...->ni...", slope[:, t], through)
            sum_over = "ni,ni...->n..." if key == "h0" else "ni,ni...->..."
            gradients[key] = gradients[key] + np.einsum(sum_over, grad_h[:, t], depends[key])
    return gradients


def right_float32_inside(x, h, grad_h, W, U, h0):
    """Computes in float32 and returns the dtype of the input."""
    x_, h_, grad_h_, W_, h0_ = (array.astype(np.float32) for array in (x, h, grad_h, W, h0))
    gradients = _collect(_blame(h_, grad_h_, W_, 1 - h_**2), _before(h_, h0_), x_, W_)
    return {key: array.astype(x.dtype) for key, array in gradients.items()}
