# verdict: wrong
# what: Gives the coefficients of the polynomial as they stand, without turning the sign.
# diagnosis: The old values go to the other side of the equation, and change sign there.
# told: mistake on_the_wrong_side
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
    return p[1:]
