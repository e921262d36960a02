"""The quiz hidden in a text: every context with the symbol that follows it."""


def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    """All pairs (context, symbol) of the text, from left to right.

    text: a string. k: the number of symbols in a context, 0 or more.
    Returns a list of tuples (the k symbols before a place, the symbol at that place).
    """
    # BEGIN SOLUTION
    pairs = []
    for t in range(k, len(text)):
        pairs.append((text[t - k : t], text[t]))
    return pairs
    # END SOLUTION
