# verdict: right
# what: Counts one number down from the last triple to the first and keeps overwriting, so the smallest is left.
# diagnosis: None: it is right.
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    n = len(table)
    flat = [v for row in table for v in row]
    answer = None
    for code in reversed(range(n**3)):
        xy, z = divmod(code, n)
        x, y = divmod(xy, n)
        if flat[flat[xy] * n + z] - flat[x * n + flat[code % (n * n)]]:
            answer = (x, y, z)
    return answer
