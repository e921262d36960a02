# verdict: right
# what: Takes each row as a function, and compares the row of a join with the two rows applied one after the other.
# diagnosis: None: it is right.
"""An operation may be scanned if its brackets may move."""


def where_brackets_matter(table: list[list[int]]) -> tuple[int, int, int] | None:
    """The first three things for which it matters which two are joined first.

    Args:
        table: table[x][y] is what x and, after it, y make together: n rows of n whole numbers below n.

    Returns:
        The smallest triple (x, y, z) for which the brackets matter, or None if there is none.
    """
    rows = [tuple(row) for row in table]
    for x, f in enumerate(rows):
        for y, g in enumerate(rows):
            after = tuple(map(f.__getitem__, g))
            joined = rows[f[y]]
            if joined != after:
                return x, y, next(z for z, (p, q) in enumerate(zip(joined, after)) if p != q)
    return None
