# verdict: wrong
# what: Finds the right triple but returns False where None is asked for.
# diagnosis: If the brackets never matter, None is to be returned, and False is something else.
# told: mistake false_instead_of_none
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    answer = False
    for x in range(n):
        for y in range(n):
            for z in range(n):
                if not answer and table[table[x][y]][z] != table[x][table[y][z]]:
                    answer = (x, y, z)
    return answer
