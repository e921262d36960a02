# verdict: right
# what: Uses numpy's cumulative product from the back and gives a list of Python floats.
# diagnosis: none
import numpy as np


def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    k = np.array(keep, dtype=float)
    after = np.append(np.cumprod(k[::-1])[::-1], 1.0)
    return np.concatenate([[after[0]], (1 - k) * after[1:]]).tolist()
