# verdict: wrong
# what: In the second way puts x behind the join of y and z instead of before it.
# diagnosis: Brackets may move but the order may not: x stays in front, so the second way is table[x][table[y][z]].
# told: mistake second_way_reversed
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    for x in range(n):
        for y in range(n):
            for z in range(n):
                left = table[table[x][y]][z]
                right = table[table[y][z]][x]
                if left != right:
                    return (x, y, z)
    return None
