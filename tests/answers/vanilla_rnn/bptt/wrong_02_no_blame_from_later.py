# verdict: wrong
# what: every step is blamed only by the loss directly; nothing comes back from step t+1, so it is not backpropagation through time.
# diagnosis: The state h_t also went into h_{t+1}; add W^T grad_z_{t+1} before you multiply by the slope.
# told: mistake blame_from_later_forgotten
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    # all steps at once, no loop needed
    grad_z = (1 - h * h) * grad_h
    before = np.concatenate([h0[:, None, :], h[:, :-1]], axis=1)
    return {
        "W": np.einsum("bti,btj->ij", grad_z, before).astype(x.dtype),
        "U": np.einsum("bti,btj->ij", grad_z, x).astype(x.dtype),
        "b": grad_z.sum(axis=(0, 1)).astype(x.dtype),
        "h0": (grad_z[:, 0] @ W).astype(x.dtype),
    }
