# verdict: right
# what: Makes the products from the back with itertools.accumulate.
# diagnosis: none
from itertools import accumulate


def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    after = list(accumulate(reversed(keep), lambda a, b: a * b, initial=1.0))[::-1]
    return [after[0]] + [(1 - k) * w for k, w in zip(keep, after[1:])]
