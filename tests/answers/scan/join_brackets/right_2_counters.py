# verdict: right
# what: Lets the subtraction of Counters, which drops what is not positive, do the crossing out.
# diagnosis: None: it is right.
"""What two pieces of text leave of their brackets."""

from collections import Counter


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    opened, closed = Counter(b=first[1]), Counter(b=then[0])
    outer = [first[0], then[1]]
    return [outer[0] + (closed - opened)["b"], outer[1] + (opened - closed)["b"]]
