# verdict: wrong
# what: Gives the factors as the weights.
# diagnosis: The weights are not the factors: put the loop of one hall into the other and multiply out.
# told: mistake factors_themselves
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
    return list(factors)
