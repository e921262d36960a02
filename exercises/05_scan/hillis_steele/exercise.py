"""The scan of Hillis and Steele: look back 1 step, then 2, then 4."""

import numpy as np


def hillis_steele(a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """The inputs b of all pairs at the start and after every round; the last row is h.

    h[t] = a[t] * h[t-1] + b[t], and the state before the first step is zero.

    Args:
        a: decays, (time,).
        b: inputs, (time,).

    Returns:
        Rows of (time,) numbers: one for the start and one for each round.
    """
    # BEGIN SOLUTION
    a, b = a.copy(), b.copy()
    rows = [b.copy()]
    d = 1
    while d < len(b):
        # The right-hand sides are complete before they are stored, and b goes first: it needs the old a.
        b[d:] = a[d:] * b[:-d] + b[d:]
        a[d:] = a[d:] * a[:-d]
        rows.append(b.copy())
        d = 2 * d
    return rows
    # END SOLUTION
