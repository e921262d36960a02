# verdict: wrong
# what: Leaves only the innermost loop when it finds a triple, so later x and y overwrite it.
# diagnosis: break ends only the innermost loop; return the triple at once.
# told: mistake only_one_loop_left
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    found = None
    for x in range(n):
        for y in range(n):
            for z in range(n):
                if table[table[x][y]][z] != table[x][table[y][z]]:
                    found = (x, y, z)
                    break
    return found
