# verdict: wrong
# what: Each input enters in full: leaves out the factor 1 - keep[t].
# diagnosis: An input enters with the share 1 - keep[t] only, because the rest is old state.
# told: mistake input_enters_whole
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    shares = [0.0] * (len(keep) + 1)
    left = 1.0
    for t in range(len(keep) - 1, -1, -1):
        shares[t + 1] = left
        left *= keep[t]
    shares[0] = left
    return shares
