"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three for which it matters what is joined first.

    Args:
        table: n rows of n whole numbers below n.
            table[x][y] is what x and, after it, y make together.

    Returns:
        The smallest triple (x, y, z) for which the brackets
        matter, or None if there is none.
    """
    # BEGIN SOLUTION
    things = range(len(table))
    for x in things:
        for y in things:
            for z in things:
                if table[table[x][y]][z] != table[x][table[y][z]]:
                    return x, y, z
    return None
    # END SOLUTION
