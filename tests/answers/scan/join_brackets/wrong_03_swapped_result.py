# verdict: wrong
# what: Crosses out rightly but returns (opening, closing).
# diagnosis: The numbers are right, but closing comes first in a pair.
# told: mistake pair_reversed
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    pairs = min(first[1], then[0])
    closing = first[0] + then[0] - pairs
    opening = first[1] + then[1] - pairs
    return (opening, closing)
