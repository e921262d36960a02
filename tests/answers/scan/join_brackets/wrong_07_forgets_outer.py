# verdict: wrong
# what: Keeps only the rest of the middle and forgets the brackets of the outer sides when something is left of the middle.
# diagnosis: What is left of the middle has to be added to the closing ones of the first piece or the opening ones of the second, which stay.
# told: mistake outer_lost_beside_the_rest
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    closing, opening = first[0], then[1]
    if first[1] > then[0]:
        opening = first[1] - then[0]
    elif then[0] > first[1]:
        closing = then[0] - first[1]
    return (closing, opening)
