# verdict: wrong
# what: Makes the block longer only as long as the calls go down, and stops at the first length that is no better.
# diagnosis: Because the number of blocks jumps, the calls go up and down near the best; a first rise does not show that nothing better follows.
# told: mistake stopped_at_the_first_rise
"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    def count(block):
        return (block - 1) + (-(-seq_len // block) - 1) + block

    block = 1
    while block < seq_len and count(block + 1) < count(block):
        block += 1
    return (block, count(block))
