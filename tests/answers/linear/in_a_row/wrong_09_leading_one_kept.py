# verdict: wrong
# what: Gives n + 1 numbers, with the 1 of y[t] in front.
# diagnosis: y[t] itself is what is computed: only the n old values have weights.
# told: mistake own_value_kept
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
    p = [1.0]
    for a in factors:
        p = [x - a * y for x, y in zip(p + [0.0], [0.0] + p)]
    return [p[0]] + [-x for x in p[1:]]
