# verdict: wrong
# what: Computes with numpy floats and turns the result into whole numbers at the end.
# diagnosis: Floats hold only about 16 digits, so huge counts lose their last digits; stay with Python's whole numbers.
# told: Floats keep 16 digits
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
    c1, o1 = np.array(first, dtype=float)
    c2, o2 = np.array(then, dtype=float)
    pairs = np.minimum(o1, c2)
    return (int(c1 + c2 - pairs), int(o1 + o2 - pairs))
