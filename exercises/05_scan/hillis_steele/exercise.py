"""The scan of Hillis and Steele: look back 1 step, then 2, then 4."""


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    """The inputs b of all pairs at the start and after every round; the last row is h.

    h[t] = a[t] * h[t-1] + b[t], and the state before the first step is zero.

    Args:
        a: the T decays.
        b: the T inputs.

    Returns:
        Rows of T numbers: one for the start and one for each round.
    """
    # BEGIN SOLUTION
    rows = [b]
    d = 1
    while d < len(b):
        new_a, new_b = a.copy(), b.copy()  # Written to only: all workers look at the same moment.
        for t in range(d, len(b)):
            new_b[t] = a[t] * b[t - d] + b[t]
            new_a[t] = a[t] * a[t - d]
        a, b = new_a, new_b
        rows.append(b)
        d = 2 * d
    return rows
    # END SOLUTION
