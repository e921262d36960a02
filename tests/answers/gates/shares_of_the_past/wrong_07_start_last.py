# verdict: wrong
# what: The start's share stands at the end of the list instead of at the front.
# diagnosis: The share of the start comes first, before those of the inputs.
# told: mistake start_at_the_end
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
    start = 1.0
    for k in keep:
        start *= k
    return shares + [start]
