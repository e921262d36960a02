# verdict: wrong
# what: Workers with t < d look back too, and the negative index (a roll) brings them pairs from the end.
# diagnosis: With t < d there is nobody to look back to; a negative index in Python silently wraps round to the end of the list.
# told: mistake looks_round_the_corner
import numpy as np


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    A = np.array(a, dtype=float)
    B = np.array(b, dtype=float)
    rows = [B.tolist()]
    d = 1
    while d < len(b):
        A, B = A * np.roll(A, d), A * np.roll(B, d) + B
        rows.append(B.tolist())
        d <<= 1
    return rows
