# verdict: wrong
# what: Knows only one and two halls, and for more takes the sum and the product of all.
# diagnosis: With three halls there is also the sum of the products of pairs: put the loops together one by one.
# told: mistake sum_and_product_alone
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
    if len(factors) == 1:
        return list(factors)
    total, product = sum(factors), 1.0
    for a in factors:
        product *= a
    return [total] + [0.0] * (len(factors) - 2) + [-product]
