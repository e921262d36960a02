# verdict: wrong
# what: Counts K calls for the carry instead of K - 1.
# diagnosis: Nobody needs the end of the last block, so the carry takes one call fewer than there are blocks.
# told: mistake one_call_too_many
"""The block of the blocked scan that makes the fewest calls."""

import math


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    calls = {b: (b - 1) + math.ceil(seq_len / b) + b for b in range(1, seq_len + 1)}
    block = min(calls, key=calls.get)
    return (block, calls[block])
