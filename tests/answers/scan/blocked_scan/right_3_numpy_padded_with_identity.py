# verdict: right
# what: Pads the last block with do-nothing steps (1, 0) and works on all blocks at once with numpy object arrays.
# diagnosis: none
import numpy as np


def blocked_scan(
    a: list[float], b: list[float], h0: float, block: int
) -> tuple[list[tuple[float, float]], list[float], list[float]]:
    T = len(a)
    if T == 0:
        return [], [], []
    width = min(block, T)
    n = (T + width - 1) // width
    x = np.full(n * width, 1, dtype=object)
    y = np.full(n * width, 0, dtype=object)
    x[:T], y[:T] = a, b
    x, y = x.reshape(n, width), y.reshape(n, width)

    A, B = x[:, 0], y[:, 0]
    for j in range(1, width):
        A, B = x[:, j] * A, x[:, j] * B + y[:, j]

    starts = np.empty(n, dtype=object)
    starts[0] = h0
    for k in range(1, n):
        starts[k] = A[k - 1] * starts[k - 1] + B[k - 1]

    columns = [x[:, 0] * starts + y[:, 0]]
    for j in range(1, width):
        columns.append(x[:, j] * columns[-1] + y[:, j])
    h = np.stack(columns, axis=1).ravel()[:T]
    return list(zip(A.tolist(), B.tolist())), starts.tolist(), h.tolist()
