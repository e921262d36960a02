# verdict: wrong
# what: the slope 1 - h^2 multiplies only the direct gradient, and the blame that comes from the next step passes the tanh unchanged.
# diagnosis: Everything that reaches h_t has to go through the tanh, so the slope must multiply the sum of both parts; mind the brackets.
# told: mistake slope_on_the_direct_part_only
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    T = h.shape[1]
    grad_z = np.zeros_like(h)
    later = np.zeros_like(h0)
    for t in range(T)[::-1]:
        grad_z[:, t] = (1 - h[:, t] ** 2) * grad_h[:, t] + later
        later = np.einsum("ij,bi->bj", W, grad_z[:, t])
    previous = np.concatenate((h0[:, np.newaxis], h), axis=1)[:, :T]
    return {
        "W": np.tensordot(grad_z, previous, axes=([0, 1], [0, 1])),
        "U": np.tensordot(grad_z, x, axes=([0, 1], [0, 1])),
        "b": grad_z.sum((0, 1)),
        "h0": later,
    }
