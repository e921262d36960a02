# verdict: wrong
# what: Forgets the third part, so only summarising and the carry are counted.
# diagnosis: Filling in takes another block calls, which makes long blocks twice as dear.
# told: mistake walked_once
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

    block = np.arange(1, seq_len + 1)
    blocks = (seq_len + block - 1) // block
    calls = (block - 1) + (blocks - 1)
    i = int(np.argmin(calls))
    return (i + 1, int(calls[i]))
