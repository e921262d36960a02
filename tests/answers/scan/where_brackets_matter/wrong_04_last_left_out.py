# verdict: wrong
# what: Runs all loops only up to n - 2, so the last thing is never tried.
# diagnosis: range(n - 1) ends at n - 2; the things are 0 to n - 1, so use range(n).
# told: mistake last_thing_left_out
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table) - 1
    for x in range(n):
        for y in range(n):
            for z in range(n):
                if table[table[x][y]][z] != table[x][table[y][z]]:
                    return (x, y, z)
    return None
