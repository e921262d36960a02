# verdict: wrong
# what: Divides the product of all keeps by the product so far, which fails when a keep is 0.
# diagnosis: A keep of 0 makes the product 0, and then there is nothing to divide; go backwards instead.
# told: mistake divided
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    total = 1.0
    for k in keep:
        total *= k
    shares = [total]
    so_far = 1.0
    for k in keep:
        so_far *= k
        shares.append((1 - k) * total / so_far if so_far else 0.0)
    return shares
