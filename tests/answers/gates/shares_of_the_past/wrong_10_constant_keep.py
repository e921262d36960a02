# verdict: wrong
# what: Takes the last keep for all steps, as if the mix never changed.
# diagnosis: Each step has a keep of its own, so the fading is a product of different numbers and no power.
# told: mistake one_keep_for_all
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    n = len(keep)
    if n == 0:
        return [1.0]
    k = keep[-1]
    return [k**n] + [(1 - k) * k ** (n - 1 - t) for t in range(n)]
