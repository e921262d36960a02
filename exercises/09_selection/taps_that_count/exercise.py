"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    """The numbers with which the layer guesses by the add-beta rule, for a chain that looks `lag` steps back.

    lag: 1 to 5. n_symbols: how many different symbols there are. beta: what is added to each count.
    Returns value, key and query, each a list of lag + 1 taps that are 0 or 1, the first for the step itself;
    then keep and bias, two numbers.
    """

    # BEGIN SOLUTION
    def only(back: int) -> list[int]:
        return [int(k == back) for k in range(lag + 1)]

    return only(0), only(lag), only(lag - 1), 1.0, beta
    # END SOLUTION
