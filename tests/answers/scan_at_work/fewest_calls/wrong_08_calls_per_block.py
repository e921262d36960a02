# verdict: wrong
# what: Counts the calls of summarising and filling in once for each block.
# diagnosis: All blocks are walked side by side, so one call serves a whole column of blocks and is not multiplied by K.
# told: mistake calls_for_each_block
"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    best = None
    for block in range(1, seq_len + 1):
        blocks = -(-seq_len // block)
        calls = blocks * (block - 1) + (blocks - 1) + blocks * block
        if best is None or (calls, block) < (best[1], best[0]):
            best = (block, calls)
    return best
