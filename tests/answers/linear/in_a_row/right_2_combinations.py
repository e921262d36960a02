# verdict: right
# what: Sums of products of all choices of k factors, with alternating signs.
# diagnosis: none
import itertools
import math


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
    return [
        (-1) ** k * sum(math.prod(choice) for choice in itertools.combinations(factors, k + 1))
        for k in range(len(factors))
    ]
