"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:
    """Name the kind of a model from the size of what it keeps of a text.

    Args:
        sizes: pairs (tokens, bytes): how many tokens have been read, and how many bytes are then kept.

    Returns:
        "recurrence", "window", "attention", "griffin" or "hybrid".
    """
    # BEGIN SOLUTION
    (first, least), (second, more) = sizes[:2]
    each = (more - least) // (second - first)
    if each == 0:
        return "recurrence"
    fixed = least - each * first
    last, most = sizes[-1]
    if most < fixed + each * last:
        return "griffin" if fixed else "window"
    return "hybrid" if fixed else "attention"
    # END SOLUTION
