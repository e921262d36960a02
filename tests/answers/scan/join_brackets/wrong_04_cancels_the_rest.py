# verdict: wrong
# what: Also crosses out what is left against each other, so one of the two numbers is always 0.
# diagnosis: A ) that stands before a ( does not match it, so )( has to stay (1, 1); you have kept only the depth.
# told: mistake everything_crossed_out
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    depth = (first[1] - first[0]) + (then[1] - then[0])
    if depth >= 0:
        return (0, depth)
    return (-depth, 0)
