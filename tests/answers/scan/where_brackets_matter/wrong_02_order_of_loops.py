# verdict: wrong
# what: Loops over z outermost, so it finds the triple with the smallest z first.
# diagnosis: The smallest x counts first, so x belongs into the outermost loop and z into the innermost.
# told: mistake ordered_from_the_right
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    for z in range(n):
        for y in range(n):
            for x in range(n):
                if table[table[x][y]][z] != table[x][table[y][z]]:
                    return (x, y, z)
    return None
