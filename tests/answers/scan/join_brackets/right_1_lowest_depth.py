# verdict: right
# what: Walks down and up the depths of the four runs of brackets and reads both numbers off the lowest depth.
# diagnosis: None: it is right.
"""What two pieces of text leave of their brackets."""

from itertools import accumulate


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    depths = list(accumulate([0, -first[0], first[1], -then[0], then[1]]))
    lowest = min(depths)
    return (-lowest, depths[-1] - lowest)
