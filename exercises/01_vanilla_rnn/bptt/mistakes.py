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


def direct_blame_at_the_last_step_only(x, h, grad_h, W, U, h0):
    """You take grad_h only at the last step. The loss may look at every state directly: at each step, what it
    wants of h_t is added to what comes from later."""
    only_last = np.zeros_like(grad_h)
    only_last[:, -1] = grad_h[:, -1]
    return _collect(_blame(h, only_last, W, 1 - h**2), _before(h, h0), x, W)


def start_not_multiplied_by_W(x, h, grad_h, W, U, h0):
    """Your gradient of h0 is grad_z of the first step as it is. h0 went through W before it came into z, so
    the blame goes back through W once more."""
    grad_z = _blame(h, grad_h, W, 1 - h**2)
    return {**_collect(grad_z, _before(h, h0), x, W), "h0": grad_z[:, 0]}


def start_multiplied_by_W_transposed(x, h, grad_h, W, U, h0):
    """Only your gradient of h0 is wrong: its last way back goes through W the wrong way round. For rows, it
    is grad_z times W, as between two steps."""
    grad_z = _blame(h, grad_h, W, 1 - h**2)
    return {**_collect(grad_z, _before(h, h0), x, W), "h0": grad_z[:, 0] @ W.T}


def start_blamed_directly(x, h, grad_h, W, U, h0):
    """You add the direct blame of the first state to the gradient of h0. The loss does not look at h0
    directly, only at what became of it."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "h0": gradients["h0"] + grad_h[:, 0]}


def start_with_a_slope(x, h, grad_h, W, U, h0):
    """You multiply the gradient of h0 by 1 - h0^2. No tanh made h0 here: it is given, so no slope belongs to
    it."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "h0": gradients["h0"] * (1 - h0**2)}


def start_added_up_over_the_batch(x, h, grad_h, W, U, h0):
    """You add up the gradient of h0 over the sequences. Each sequence has its own h0, so each has its own
    row."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "h0": np.repeat(gradients["h0"].sum(axis=0, keepdims=True), len(x), axis=0)}


def start_left_at_zero(x, h, grad_h, W, U, h0):
    """Your gradient of h0 is zero. After the first step there is one more way back through W: what arrives
    there is the gradient of h0."""
    return {**_collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W), "h0": np.zeros_like(h0)}


def mean_over_everything(x, h, grad_h, W, U, h0):
    """You take the mean over batch and time. If the loss is a mean, grad_h knows it already; here everything
    is added up, over steps and over sequences."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    count = len(x) * x.shape[1]
    return {key: array if key == "h0" else array / count for key, array in gradients.items()}


def mean_over_time(x, h, grad_h, W, U, h0):
    """You take the mean over the steps. The same W, U and b were used at every step, so their blame is added
    up."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {key: array if key == "h0" else array / x.shape[1] for key, array in gradients.items()}


def mean_of_the_start_too(x, h, grad_h, W, U, h0):
    """You divide everything by the number of sequences. If the loss is a mean, grad_h knows it already; here
    blame is added up, and h0 belongs to each sequence by itself."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {key: array / len(x) for key, array in gradients.items()}


def bias_mean_over_the_batch(x, h, grad_h, W, U, h0):
    """Your gradient of b is a mean over the batch. It is added up over steps and sequences, as those of W and
    U."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "b": gradients["b"] / len(x)}


def bias_of_the_first_step_only(x, h, grad_h, W, U, h0):
    """Your gradient of b holds one step only. b was used at every step: add up instead of replacing."""
    grad_z = _blame(h, grad_h, W, 1 - h**2)
    return {**_collect(grad_z, _before(h, h0), x, W), "b": grad_z[:, 0].sum(axis=0)}


def last_step_only(x, h, grad_h, W, U, h0):
    """Your gradients of W, U and b hold only what the last step in time adds. W, U and b were used at every
    step: add up over all of them."""
    grad_z, before = _blame(h, grad_h, W, 1 - h**2), _before(h, h0)
    gradients = _collect(grad_z[:, -1:], before[:, -1:], x[:, -1:], W)
    return {**gradients, "h0": grad_z[:, 0] @ W}


def first_step_skipped(x, h, grad_h, W, U, h0):
    """Your loop stops before the step t = 0, so that step is blamed for nothing. It used W, U and b as
    well."""
    grad_z, before = _blame(h, grad_h, W, 1 - h**2), _before(h, h0)
    gradients = _collect(grad_z[:, 1:], before[:, 1:], x[:, 1:], W) if x.shape[1] > 1 else {}
    zeros = {"W": np.zeros_like(W), "U": np.zeros_like(U), "b": np.zeros_like(W[0])}
    later = grad_z[:, 1] @ W if x.shape[1] > 1 else np.zeros_like(h0)
    return {**zeros, **gradients, "h0": later}


def blame_kept_from_step_to_step(x, h, grad_h, W, U, h0):
    """Your blame from later is added up from step to step. What step t + 1 hands back replaces what came
    before: all that came later is in it already."""
    slope, grad_z, from_later = 1 - h**2, np.empty_like(h), np.zeros_like(h0)
    for t in reversed(range(h.shape[1])):
        grad_z[:, t] = slope[:, t] * (grad_h[:, t] + from_later)
        from_later = from_later + grad_z[:, t] @ W
    return {**_collect(grad_z, _before(h, h0), x, W), "h0": from_later}


def slope_on_the_later_part_only(x, h, grad_h, W, U, h0):
    """You multiply only the blame from later by the slope of tanh. What the loss wants of h_t directly goes
    through this tanh, too: add the two first, then multiply. Check your brackets."""
    slope, grad_z, from_later = 1 - h**2, np.empty_like(h), np.zeros_like(h0)
    for t in reversed(range(h.shape[1])):
        grad_z[:, t] = grad_h[:, t] + slope[:, t] * from_later
        from_later = grad_z[:, t] @ W
    return _collect(grad_z, _before(h, h0), x, W)


def slope_without_the_square(x, h, grad_h, W, U, h0):
    """Your slope is 1 - h_t. That of tanh is 1 - h_t^2."""
    return _collect(_blame(h, grad_h, W, 1 - h), _before(h, h0), x, W)


def slope_of_the_sigmoid(x, h, grad_h, W, U, h0):
    """Your slope is h_t (1 - h_t), that of the logistic sigmoid. The slope of tanh is 1 - h_t^2."""
    return _collect(_blame(h, grad_h, W, h * (1 - h)), _before(h, h0), x, W)


def slope_without_one_minus(x, h, grad_h, W, U, h0):
    """Your slope is h_t^2. That of tanh is 1 - h_t^2: flat where h_t is near -1 or 1."""
    return _collect(_blame(h, grad_h, W, h**2), _before(h, h0), x, W)


def W_left_out_on_the_way_back(x, h, grad_h, W, U, h0):
    """Your blame goes from step to step without W. What was pushed forward through W comes back through W
    transposed."""
    slope, grad_z, from_later = 1 - h**2, np.empty_like(h), np.zeros_like(h0)
    for t in reversed(range(h.shape[1])):
        grad_z[:, t] = slope[:, t] * (grad_h[:, t] + from_later)
        from_later = grad_z[:, t]
    return {**_collect(grad_z, _before(h, h0), x, W), "h0": from_later}


def blame_before_the_slope_handed_back(x, h, grad_h, W, U, h0):
    """You hand back the blame of h_t as it was before the slope. What goes back through W is grad_z_t, after
    the slope."""
    slope, grad_z, from_later = 1 - h**2, np.empty_like(h), np.zeros_like(h0)
    for t in reversed(range(h.shape[1])):
        grad_z[:, t] = slope[:, t] * (grad_h[:, t] + from_later)
        from_later = (grad_h[:, t] + from_later) @ W
    return {**_collect(grad_z, _before(h, h0), x, W), "h0": from_later}


def parameters_blamed_before_the_slope(x, h, grad_h, W, U, h0):
    """You blame W, U and b with the blame of h_t, before the slope. They push inside the tanh, so it is
    grad_z_t that counts."""
    grad_z = _blame(h, grad_h, W, 1 - h**2)
    from_later = np.concatenate([grad_z[:, 1:] @ W, np.zeros_like(grad_z[:, :1])], axis=1)
    return {**_collect(grad_h + from_later, _before(h, h0), x, W), "h0": grad_z[:, 0] @ W}


def U_blamed_for_the_state(x, h, grad_h, W, U, h0):
    """Your gradient of U multiplies grad_z_t by the state before the step. U multiplied the input: it is x_t
    that counts."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    width = min(x.shape[2], W.shape[1])
    wrong = np.zeros_like(U)
    wrong[:, :width] = gradients["W"][:, :width]
    return {**gradients, "U": wrong}


def input_one_step_early(x, h, grad_h, W, U, h0):
    """Only your gradient of U is wrong: it multiplies grad_z_t by the input of another step. U multiplied
    x_t, so it is x at the same t."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    other = _collect(_blame(h, grad_h, W, 1 - h**2), h, np.roll(x, 1, axis=1), W)
    return {**gradients, "U": other["U"]}


def both_gradients_transposed(x, h, grad_h, W, U, h0):
    """Your gradients of W and U have rows and columns swapped. Row i of W and of U makes z[i], so row i of
    their gradients comes from grad_z[i]."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "W": gradients["W"].T.copy(), "U": gradients["U"].T.copy()}


def gradient_of_U_transposed(x, h, grad_h, W, U, h0):
    """Your gradient of U has rows and columns swapped. Row i of U makes z[i], so row i of its gradient comes
    from grad_z[i]."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {**gradients, "U": gradients["U"].T.copy()}


def sign_turned(x, h, grad_h, W, U, h0):
    """All your gradients have the wrong sign. The gradient says how fast the loss grows; training walks
    against it later."""
    gradients = _collect(_blame(h, grad_h, W, 1 - h**2), _before(h, h0), x, W)
    return {key: -array for key, array in gradients.items()}


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
