# verdict: right
# what: a small helper class with plain Python loops over sequences and numbers, turned into arrays of the dtype of x at the end.
# diagnosis: none
import random
import numpy as np


class Ledger:
    def __init__(self, n, m):
        self.W = [[0.0] * n for _ in range(n)]
        self.U = [[0.0] * m for _ in range(n)]
        self.b = [0.0] * n

    def book(self, dz, old, inp):
        for i, d in enumerate(dz):
            self.b[i] += d
            for j, o in enumerate(old):
                self.W[i][j] += d * o
            for j, v in enumerate(inp):
                self.U[i][j] += d * v


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    n, m = U.shape
    weights = W.tolist()
    ledger = Ledger(n, m)
    starts = []
    for xs, hs, gs, first in zip(x.tolist(), h.tolist(), grad_h.tolist(), h0.tolist()):
        olds = [first] + hs[:-1]
        back = [0.0] * n
        for inp, state, g, old in reversed(list(zip(xs, hs, gs, olds))):
            dz = [(1.0 - s * s) * (a + c) for s, a, c in zip(state, g, back)]
            ledger.book(dz, old, inp)
            back = [sum(dz[i] * weights[i][j] for i in range(n)) for j in range(n)]
        starts.append(back)
    return {
        "W": np.array(ledger.W, dtype=x.dtype).reshape(W.shape),
        "U": np.array(ledger.U, dtype=x.dtype).reshape(U.shape),
        "b": np.array(ledger.b, dtype=x.dtype),
        "h0": np.array(starts, dtype=x.dtype).reshape(h0.shape),
    }
