# verdict: right
# what: Takes h[t] as the state before step t + 1 from the last row, and only the last state from the root's pair, and slices the tree with strides.
# diagnosis: none
from itertools import chain


def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    As, Bs = [list(a)], [list(b)]
    while len(As[-1]) > 1:
        x, y = As[-1], Bs[-1]
        As.append([p * q for p, q in zip(x[::2], x[1::2])])
        Bs.append([q * u + v for q, u, v in zip(x[1::2], y[::2], y[1::2])])
    (root_a,) = As.pop()
    (root_b,) = Bs.pop()
    rows = [[h0]]
    while As:
        x, y, s = As.pop()[::2], Bs.pop()[::2], rows[-1]
        rows.append(list(chain.from_iterable((k, p * k + q) for p, q, k in zip(x, y, s))))
    h = rows[-1][1:] + [root_a * h0 + root_b]
    return rows, h
