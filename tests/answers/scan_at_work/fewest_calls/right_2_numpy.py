# verdict: right
# what: Counts the calls of all lengths in one numpy array and takes the first minimum.
# diagnosis: None: it is right.
"""The block of the blocked scan that makes the fewest calls."""

import numpy as np


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    block = np.arange(1, seq_len + 1, dtype=np.int64)
    calls = 2 * block - 1 + (seq_len - 1) // block
    at = calls.argmin()
    return [int(block[at]), int(calls[at])]
