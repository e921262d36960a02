# verdict: wrong
# what: Adds the pairs number by number and crosses out nothing.
# diagnosis: Where the pieces meet, each ( of the first piece can match a ) of the second, and these pairs have to go.
# told: mistake just_added
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    return (first[0] + then[0], first[1] + then[1])
