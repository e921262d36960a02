# verdict: right
# what: Goes through the numbers of blocks instead of the lengths, each with the shortest length that does with so many.
# diagnosis: None: it is right.
"""The block of the blocked scan that makes the fewest calls."""

from math import isqrt


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    # The best has at most 2 * sqrt(2 T) + 1 calls, and never more blocks than calls + 1.
    most = min(seq_len, 2 * isqrt(2 * seq_len) + 5)
    candidates = {-(-seq_len // blocks) for blocks in range(1, most + 1)}
    calls, block = min((2 * b + -(-seq_len // b) - 2, b) for b in candidates)
    return block, calls
