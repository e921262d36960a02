# verdict: wrong
# what: Counts equal factors once, as if two equal halls were one.
# diagnosis: Two halls with the same factor are still two halls: each adds one old value.
# told: mistake equal_halls_once
def in_a_row(factors: list[float]) -> list[float]:
    """The weights of the one loop that does what n loops in a row do.

    Args:
        factors: of the loops h_t = a h_{t-1} + x_t, each of
            which reads what the one before it gives;
            n numbers, n at least 1.

    Returns:
        w, n numbers, with y[t] = w[0] y[t-1] + ...
        + w[n-1] y[t-n] + x[t].
    """
    different = sorted(set(factors))
    p = [1.0]
    for a in different:
        p = [x - a * y for x, y in zip(p + [0.0], [0.0] + p)]
    return [-x for x in p[1:]] + [0.0] * (len(factors) - len(different))
