# verdict: right
# what: Takes the last hall off and puts its loop on the weights of the others.
# diagnosis: none
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
    *rest, a = factors
    if not rest:
        return [a]
    w = in_a_row(rest)
    longer = [w[0] + a]
    for k in range(1, len(w)):
        longer.append(w[k] - a * w[k - 1])
    longer.append(-a * w[-1])
    return longer
