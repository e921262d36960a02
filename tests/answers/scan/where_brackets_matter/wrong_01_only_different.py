# verdict: wrong
# what: Tries only triples of three different things.
# diagnosis: The three need not be different: (0, 0, 1) or (1, 1, 1) can be the first that fails, so let every loop run over everything.
# told: mistake only_three_different_things
"""An operation may be scanned if its brackets may move."""

from itertools import permutations


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    for x, y, z in permutations(range(len(table)), 3):
        if table[table[x][y]][z] != table[x][table[y][z]]:
            return (x, y, z)
    return None
