# verdict: wrong
# what: Reads the table as table[second][first].
# diagnosis: table[x][y] means x and after it y: the first thing chooses the row.
# told: mistake table_turned
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)

    def join(p, q):
        return table[q][p]

    for x in range(n):
        for y in range(n):
            for z in range(n):
                if join(join(x, y), z) != join(x, join(y, z)):
                    return (x, y, z)
    return None
