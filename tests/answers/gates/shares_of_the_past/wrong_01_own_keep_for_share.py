# verdict: wrong
# what: The last input's share is keep, not 1 - keep.
# diagnosis: keep[t] is what stays of the old state; the input gets the rest, 1 - keep[t].
# told: mistake keeps_and_writes_exchanged
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    shares = [1.0]
    for k in keep:
        shares = [s * (1 - k) for s in shares] + [k]
    return shares
