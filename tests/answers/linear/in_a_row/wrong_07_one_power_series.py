# verdict: wrong
# what: Uses powers of the product of all factors.
# diagnosis: Halls in a row do not have one common factor; each keeps its own.
# told: mistake one_common_factor
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
    product = 1.0
    for a in factors:
        product *= a
    return [product ** (k + 1) for k in range(len(factors))]
