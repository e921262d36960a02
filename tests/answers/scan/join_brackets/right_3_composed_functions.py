# verdict: right
# what: Treats a piece as a function of the brackets that are open before it, composes two, and reads the pair off two values.
# diagnosis: None: it is right.
"""What two pieces of text leave of their brackets."""

def walk(piece):
    """How many are open after the piece, if so many are open before it and missing ones are forgiven."""
    closing, opening = piece
    return lambda open_before: (open_before - closing if open_before > closing else 0) + opening


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text, one right after the other.

    Args:
        first: (closing, opening), what is left of the earlier piece: so many ")" and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    one, two = walk(first), walk(then)
    plenty = sum(first) + sum(then)
    opening = two(one(0))
    closing = plenty - (two(one(plenty)) - opening)
    return closing, opening
