"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length that makes the fewest calls;
            of equals, the shortest.
        calls: how many calls that is.
    """

    # BEGIN SOLUTION
    def calls(block: int) -> int:
        blocks = -(-seq_len // block)
        return block - 1 + blocks - 1 + block

    best = min(range(1, seq_len + 1), key=calls)
    return best, calls(best)
    # END SOLUTION
