# verdict: wrong
# what: Scales the inputs' shares to add up to 1, so that the start has none.
# diagnosis: The start keeps its share; all shares with that of the start already add up to 1.
# told: mistake start_shared_out
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    shares = []
    left = 1.0
    for k in reversed(keep):
        shares.insert(0, left * (1 - k))
        left *= k
    total = sum(shares)
    if total == 0:
        return [left] + shares
    return [0.0] + [s / total for s in shares]
