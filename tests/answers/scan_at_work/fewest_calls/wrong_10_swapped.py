# verdict: wrong
# what: Returns (calls, block).
# diagnosis: Both numbers are right, but the length of the block comes first.
# told: mistake pair_reversed
"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    best = min((2 * b - 1 + (seq_len + b - 1) // b - 1, b) for b in range(1, seq_len + 1))
    return best
