"""How much of each number is left in a mix of old and new."""


def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    # BEGIN SOLUTION
    shares, left = [], 1.0
    for k in reversed(keep):
        shares.append((1 - k) * left)
        left *= k
    return [left, *reversed(shares)]
    # END SOLUTION
