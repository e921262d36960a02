# verdict: wrong
# what: Says None for every table in which the order does not matter, and searches only in the others.
# diagnosis: That x and y may change places says nothing about brackets: the mean rounded down is symmetric, and brackets matter for it.
# told: mistake order_proves_brackets
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    things = range(n)
    if all(table[x][y] == table[y][x] for x in things for y in things):
        return None
    for x in things:
        for y in things:
            for z in things:
                if table[table[x][y]][z] != table[x][table[y][z]]:
                    return (x, y, z)
    return None
