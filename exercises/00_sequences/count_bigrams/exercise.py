"""How often does each symbol come right after each other symbol?"""


def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    """Count the pairs of neighbours in a text.

    text: a string.
    Returns counts, where counts[a][b] is how often b came right after a. Only pairs that occur are listed.
    """
    # BEGIN SOLUTION
    counts: dict[str, dict[str, int]] = {}
    for a, b in zip(text, text[1:], strict=False):
        row = counts.setdefault(a, {})
        row[b] = row.get(b, 0) + 1
    return counts
    # END SOLUTION
