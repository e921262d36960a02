"""Recurrences in a row are one recurrence with more memory."""


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
    # BEGIN SOLUTION
    weights = [-1.0]  # of y_t itself, on the other side
    for c in factors:
        weights = [w - c * before for w, before in zip([*weights, 0.0], [0.0, *weights], strict=True)]
    return weights[1:]
    # END SOLUTION
