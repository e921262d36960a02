# verdict: wrong
# what: Fades an input by the keeps before it instead of after it.
# diagnosis: What came before an input cannot fade it; the steps after it do.
# told: mistake earlier_steps_counted
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    shares = [1.0]
    before = 1.0
    for k in keep:
        shares.append((1 - k) * before)
        before *= k
    shares[0] = before
    return shares
