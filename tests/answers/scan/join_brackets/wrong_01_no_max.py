# verdict: wrong
# what: Subtracts the pairs in the middle from both sides without stopping at 0, so a count can become negative.
# diagnosis: Only as many pairs can be crossed out as there are both ( and ) in the middle, so subtract the smaller of the two numbers.
# told: mistake middle_groups_exchanged
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    middle = first[1] - then[0]
    return (first[0] - middle, then[1] + middle)
