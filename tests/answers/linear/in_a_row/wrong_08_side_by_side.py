# verdict: wrong
# what: Adds the halls up, as if they played at the same time.
# diagnosis: Halls side by side would add their sounds; in a row one reads what the other gives.
# told: mistake side_by_side
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
    n = len(factors)
    return [sum(a ** (k + 1) for a in factors) / n for k in range(n)]
