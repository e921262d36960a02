# verdict: wrong
# what: The signs of the polynomial are not turned: sum, then + product.
# diagnosis: The product comes with a minus: y_t - c y_{t-1} = h_t, and both brackets multiply out.
# told: mistake signs_all_plus
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
    w = [1.0]
    for a in factors:
        w = [x + a * y for x, y in zip(w + [0.0], [0.0] + w)]
    return w[1:]
