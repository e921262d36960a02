# verdict: wrong
# what: Crosses out at most one pair where the two pieces meet.
# diagnosis: After one pair is gone, the next two brackets meet; go on until one kind runs out.
# told: mistake one_pair_only
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    closing = first[0] + then[0]
    opening = first[1] + then[1]
    if first[1] > 0 and then[0] > 0:
        closing -= 1
        opening -= 1
    return (closing, opening)
