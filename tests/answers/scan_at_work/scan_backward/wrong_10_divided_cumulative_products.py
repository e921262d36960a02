# verdict: wrong
# what: Vectorises with cumulative products and divides by them, which breaks for zero decays and for long sequences.
# diagnosis: Dividing by running products of decays gives 0 / 0 for a zero decay and blows up when they underflow; run the scan backwards.
# told: mistake products_divided
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    P = np.cumprod(np.conj(np.asarray(a) * 1.0))
    # g[t] = sum over s >= t of P[s] / P[t] * grad[s]
    with np.errstate(all="ignore"):
        g = np.cumsum((P * grad)[::-1])[::-1] / P
    before = np.concatenate(([h0], h[:-1]))
    return g * np.conj(before), g, g[0] * np.conj(a[0])
