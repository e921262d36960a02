# verdict: wrong
# what: Leaves out the share of the start.
# diagnosis: The state before the first step is in the mix too; its share comes first.
# told: mistake start_left_out
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    shares = []
    for k in keep:
        shares = [s * k for s in shares] + [1 - k]
    return shares
