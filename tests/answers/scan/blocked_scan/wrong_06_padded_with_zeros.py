# verdict: wrong
# what: Fills up the last shorter block with steps (0, 0), which make its summary (0, 0).
# diagnosis: A step that changes nothing is (1, 0), not (0, 0): a decay of zero wipes out the state of the last block's summary.
# told: mistake padded_with_zeros
import numpy as np


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    T = len(a)
    n = -(-T // block)
    x = np.zeros(n * block)
    y = np.zeros(n * block)
    x[:T] = a
    y[:T] = b
    x = x.reshape(n, block)
    y = y.reshape(n, block)
    A = x.prod(axis=1)
    B = np.zeros(n)
    for j in range(block):
        B = x[:, j] * B + y[:, j]
    starts = []
    s = h0
    for k in range(n):
        starts.append(s)
        s = float(A[k] * s + B[k])
    state = np.array(starts, dtype=float)
    h = np.empty((n, block))
    for j in range(block):
        state = x[:, j] * state + y[:, j]
        h[:, j] = state
    return list(zip(A.tolist(), B.tolist())), starts, h.reshape(-1)[:T].tolist()
