"""What two pieces of text leave of their brackets."""


def join_brackets(first: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    """The brackets that are left of two pieces of text in a row.

    Args:
        first: (closing, opening) of the earlier piece:
            so many ")" are left of it, and then so many "(".
        then: (closing, opening) of the piece right after it.

    Returns:
        (closing, opening) of both together.
    """
    # BEGIN SOLUTION
    closing, opening = first
    closing_after, opening_after = then
    pairs = min(opening, closing_after)
    return closing + closing_after - pairs, opening + opening_after - pairs
    # END SOLUTION
