# verdict: wrong
# what: Takes the longest of the equally good lengths.
# diagnosis: Of equally good lengths the shortest is asked for; with <= a later one replaces an earlier one.
# told: mistake longest_of_equals
"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    best, least = 0, 10 * seq_len
    for block in range(1, seq_len + 1):
        blocks = (seq_len + block - 1) // block
        calls = 2 * block + blocks - 2
        if calls <= least:
            best, least = block, calls
    return (best, least)
