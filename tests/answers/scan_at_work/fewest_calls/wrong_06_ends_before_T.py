# verdict: wrong
# what: Tries lengths from 1 to T - 1, so there is none to try for T = 1.
# diagnosis: The length goes from 1 to T, T included, and range leaves its end out; with one step you try nothing.
# told: nothing
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
        blocks = (seq_len - 1) // block + 1
        return 2 * block + blocks - 2

    block = min(range(1, seq_len), key=count)
    return (block, count(block))
