# verdict: wrong
# what: Tries only lengths that divide T.
# diagnosis: The last block may be shorter, so a length need not divide T; for a prime number you have only 1 and T left.
# told: mistake only_even_blocks
"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    best = (1, seq_len)
    for block in range(2, seq_len + 1):
        if seq_len % block == 0:
            calls = (block - 1) + (seq_len // block - 1) + block
            if calls < best[1]:
                best = (block, calls)
    return best
