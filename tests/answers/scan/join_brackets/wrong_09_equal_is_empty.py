# verdict: wrong
# what: Handles more and fewer opening brackets rightly, but returns (0, 0) if the middle cancels exactly.
# diagnosis: If the middle cancels exactly, the outer brackets are still there.
# told: mistake nothing_left_of_equals
"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    c1, o1 = first
    c2, o2 = then
    if o1 > c2:
        return (c1, o1 - c2 + o2)
    if o1 < c2:
        return (c1 + c2 - o1, o2)
    return (0, 0)
