# verdict: wrong
# what: Gets the decay of a window as a quotient of two cumulative products, which breaks for a decay of zero and when the product underflows.
# diagnosis: A quotient of running products is 0 / 0 as soon as a decay is zero; let each pair carry its own product.
# told: mistake products_divided
import numpy as np


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    P = np.cumprod(np.asarray(a, dtype=np.float64))
    row = np.array(b, dtype=np.float64)
    out = [row.tolist()]
    d = 1
    while d < len(row):
        new = row.copy()
        # decay over the last d steps: P[t] / P[t - d]
        new[d:] = P[d:] / P[:-d] * row[:-d] + row[d:]
        row = new
        out.append(row.tolist())
        d *= 2
    return out
