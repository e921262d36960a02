# verdict: wrong
# what: Puts the counts into numpy's 64-bit whole numbers, which cannot hold the huge ones.
# diagnosis: The statement allows numbers beyond 10 to the power of 30, and a 64-bit number ends near 9 * 10 to the power of 18.
# told: Python int too large
"""What two pieces of text leave of their brackets."""

import numpy as np


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    a = np.array(first, dtype=np.int64)
    b = np.array(then, dtype=np.int64)
    pairs = min(a[1], b[0])
    left = a + b - pairs
    return (int(left[0]), int(left[1]))
