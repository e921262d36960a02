# verdict: wrong
# what: Gives the answer to one clap instead of the weights.
# diagnosis: The weights belong to old values of y, not to old claps.
# told: mistake answer_to_one_clap
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
    y = [1.0] + [0.0] * n
    for a in factors:
        h = 0.0
        for t in range(n + 1):
            h = a * h + y[t]
            y[t] = h
    return y[1:]
