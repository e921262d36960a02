# verdict: wrong
# what: Multiplies the keeps up to and including the input's own step into each share.
# diagnosis: An input is faded by the keeps of the steps after it, not by that of its own step.
# told: mistake own_keep_counted
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
        left *= keep[t]
        shares[t + 1] = (1 - keep[t]) * left
    shares[0] = left
    return shares
