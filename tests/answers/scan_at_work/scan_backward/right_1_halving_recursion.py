# verdict: right
# what: Splits time in halves by recursion and does the right half first, so the depth stays small.
# diagnosis: none
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    def solve(lo, hi, incoming):
        """Whole effects of the steps lo..hi-1, and what flows on to the step before lo."""
        if hi == lo:
            return [], incoming
        if hi - lo == 1:
            g = grad[lo] + incoming
            return [g], np.conj(a[lo]) * g
        mid = (lo + hi) // 2
        late, middle = solve(mid, hi, incoming)
        early, out = solve(lo, mid, middle)
        return early + late, out

    g, grad_h0 = solve(0, len(a), 0.0)
    grad_a = [np.conj(x) * y for x, y in zip([h0] + list(h)[:-1], g)]
    return grad_a, g, grad_h0
