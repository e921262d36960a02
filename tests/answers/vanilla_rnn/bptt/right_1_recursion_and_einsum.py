# verdict: right
# what: a recursive helper sends the blame back through the later half of the time and then through the earlier half, and one einsum for each parameter does all the sums.
# diagnosis: none
import numpy as np
import math


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    T = h.shape[1]
    gz = np.zeros(h.shape, dtype=x.dtype)

    def blame(first, last, later):
        """What reaches the state before step `first`, when `later` comes back from step `last`."""
        if last - first == 0:
            return later
        if last - first == 1:
            gz[:, first] = (1 - h[:, first]) * (1 + h[:, first]) * (grad_h[:, first] + later)
            return np.einsum("bi,ij->bj", gz[:, first], W)
        middle = (first + last) // 2
        return blame(first, middle, blame(middle, last, later))

    g_h0 = blame(0, T, np.zeros(h0.shape, dtype=x.dtype))
    before = np.concatenate([h0[:, None], h], axis=1)[:, :T]
    answer = {
        "h0": g_h0,
        "b": np.einsum("bti->i", gz),
        "U": np.einsum("bti,btj->ij", gz, x),
        "W": np.einsum("bti,btj->ij", gz, before),
    }
    return {name: np.asarray(value, dtype=x.dtype) for name, value in answer.items()}
