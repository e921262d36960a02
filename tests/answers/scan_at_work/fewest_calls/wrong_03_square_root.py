# verdict: wrong
# what: Takes the root of T / 2, rounded, as the length without trying its neighbours.
# diagnosis: The root is the best of smooth numbers; since the number of blocks jumps, a length near it may be better or equally good and shorter.
# told: mistake root_not_searched
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

    block = max(1, round(math.sqrt(seq_len / 2)))
    blocks = math.ceil(seq_len / block)
    return (block, (block - 1) + (blocks - 1) + block)
