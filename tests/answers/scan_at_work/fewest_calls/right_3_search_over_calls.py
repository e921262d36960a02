# verdict: right
# what: Finds by bisection the fewest calls with which so many steps can be reached at all, and then the shortest block that does.
# diagnosis: None: it is right.
"""The block of the blocked scan that makes the fewest calls."""


def fewest_calls(seq_len: int) -> tuple[int, int]:
    """The best length of a block.

    Args:
        seq_len: how many steps there are, at least 1.

    Returns:
        block: the length of a block that makes the fewest calls, the shortest of equals.
        calls: how many calls that is.
    """

    def reach(calls):
        """The most steps that so many calls can do: block * K with 2 * block + K - 2 == calls."""
        middle = (calls + 2) // 4
        return max(b * (calls + 2 - 2 * b) for b in (middle, middle + 1))

    low, high = 0, seq_len  # low is too few, high is enough: the loop needs seq_len calls
    while high - low > 1:
        half = (low + high) // 2
        if reach(half) >= seq_len:
            high = half
        else:
            low = half
    block = 1
    while block * (high + 2 - 2 * block) < seq_len:
        block += 1
    return block, high
