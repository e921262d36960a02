# verdict: wrong
# what: Rounds the number of blocks down, so a shorter last block is not counted.
# diagnosis: A shorter last block counts as a block, so T / block has to be rounded up.
# told: mistake blocks_rounded_down
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
        blocks = seq_len // block
        calls = (block - 1) + (blocks - 1) + block
        if best is None or calls < best[1]:
            best = (block, calls)
    return best
