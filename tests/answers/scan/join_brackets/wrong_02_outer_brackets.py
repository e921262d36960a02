# verdict: wrong
# what: Crosses out the closing brackets of the first piece with the opening ones of the second.
# diagnosis: The brackets that meet are the opening ones of the first piece and the closing ones of the second, not the outer ones.
# told: mistake wrong_pair_crossed_out
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    pairs = min(first[0], then[1])
    return (first[0] - pairs + then[0], first[1] + then[1] - pairs)
