# verdict: right
# what: Finds the whole effects in log T doubling rounds that look forward 1, 2, 4 ... steps, vectorised.
# diagnosis: none
import numpy as np


class Suffix:
    """g[t] = step[t] * g[t+1] + val[t], with nothing after the end, by doubling."""

    def __init__(self, step, val):
        self.step, self.val = step, val

    def double(self, d):
        step, val = self.step.copy(), self.val.copy()
        val[:-d] = self.val[:-d] + self.step[:-d] * self.val[d:]
        step[:-d] = self.step[:-d] * self.step[d:]
        return Suffix(step, val)


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    kind = np.result_type(np.asarray(a), np.asarray(h), np.asarray(grad), np.asarray(h0), np.float64)
    T = len(a)
    step = np.zeros(T, kind)
    step[:-1] = np.conj(a[1:])
    s = Suffix(step, np.array(grad, kind))
    d = 1
    while d < T:
        s = s.double(d)
        d *= 2
    before = np.empty(T, kind)
    before[:1] = h0
    before[1:] = h[:-1]
    return s.val * before.conj(), s.val, np.conj(a[0]) * s.val[0]
