"""What goes wrong in the search for brackets that matter, and other ways to get it right."""

from itertools import product


def _first(table, differ, things=None):
    """The first triple for which two results differ."""
    things = range(len(table)) if things is None else things
    return next((triple for triple in product(things, repeat=3) if differ(*triple)), None)


def order_instead_of_brackets(table):
    """You change the order of things, not the brackets. Both ways must join x, y and z in this order; only
    which two come first may differ."""
    return _first(table, lambda x, y, z: table[x][y] != table[y][x])


def last_two_swapped(table):
    """In your second way y and z have changed places. The order of the three stays x, y, z; only the brackets
    move."""
    return _first(table, lambda x, y, z: table[table[x][y]][z] != table[x][table[z][y]])


def second_way_reversed(table):
    """In your second way x stands behind y and z. The brackets move but the order stays: x comes first."""
    return _first(table, lambda x, y, z: table[table[x][y]][z] != table[table[y][z]][x])


def first_way_reversed(table):
    """In your first way z stands before x and y. The brackets move but the order stays: z comes last."""
    return _first(table, lambda x, y, z: table[z][table[x][y]] != table[x][table[y][z]])


def table_turned(table):
    """You read the table the wrong way round. What x and, after it, y make is table[x][y]: the first of the
    two chooses the row."""
    turned = [list(column) for column in zip(*table, strict=True)]
    return _first(turned, lambda x, y, z: _differ(turned, x, y, z))


def order_proves_brackets(table):
    """You call every operation fine whose order does not matter. That is another law: of the mean you may
    exchange the two, but you may not move brackets. So look for a triple in these tables, too."""
    if all(table[x][y] == table[y][x] for x, y in product(range(len(table)), repeat=2)):
        return None
    return _first(table, lambda x, y, z: _differ(table, x, y, z))


def only_three_different_things(table):
    """You try only triples of three different things. A thing may come twice or three times: test it with
    itself as well."""
    return _first(
        table,
        lambda x, y, z: len({x, y, z}) == 3 and table[table[x][y]][z] != table[x][table[y][z]],
    )


def only_growing_triples(table):
    """You try only triples in which the numbers grow. x, y and z may stand in any order of size, so each of
    the three loops must go through all things."""
    return _first(table, lambda x, y, z: x <= y <= z and table[table[x][y]][z] != table[x][table[y][z]])


def only_the_first_triple(table):
    """You return after the first triple, whether it shows a difference or not. None is known to be right only
    when all triples have been tried."""
    return (0, 0, 0) if table[table[0][0]][0] != table[0][table[0][0]] else None


def last_triple(table):
    """You return the last triple for which brackets matter. The first one is asked for: stop as soon as you
    have found a difference."""
    found = [t for t in product(range(len(table)), repeat=3) if _differ(table, *t)]
    return found[-1] if found else None


def only_one_loop_left(table):
    """When you have found a triple, only the innermost loop ends. The other two go on, and what they find
    later takes the place of the first: return it at once."""
    found = {t[:2]: t for t in reversed(list(product(range(len(table)), repeat=3))) if _differ(table, *t)}
    return max(found.values(), default=None)


def ordered_from_the_right(table):
    """Your loops run in another order: you found the smallest z first. The triple with the smallest x is
    asked for, then the smallest y, then the smallest z."""
    found = [t for t in product(range(len(table)), repeat=3) if _differ(table, *t)]
    return min(found, key=lambda t: t[::-1], default=None)


def where_they_agree(table):
    """You return a triple for which both ways give the same. The detective looks for one where they
    differ."""
    return _first(table, lambda x, y, z: not _differ(table, x, y, z))


def last_thing_left_out(table):
    """Your loops end one thing too early: the last one is never tried."""
    return _first(table, lambda x, y, z: _differ(table, x, y, z), range(len(table) - 1))


def zero_left_out(table):
    """Your loops begin with 1. The things are called 0, 1, 2, ..., and 0 must be tried, too."""
    return _first(table, lambda x, y, z: _differ(table, x, y, z), range(1, len(table)))


def results_instead_of_the_triple(table):
    """You return what the two ways give. The triple (x, y, z) for which they differ is asked for."""
    triple = _first(table, lambda x, y, z: _differ(table, x, y, z))
    if triple is None:
        return None
    x, y, z = triple
    return table[table[x][y]][z], table[x][table[y][z]]


def true_or_false(table):
    """You say whether brackets may move. The triple that shows it is asked for, or None if there is none."""
    return _first(table, lambda x, y, z: _differ(table, x, y, z)) is None


def empty_instead_of_none(table):
    """Where brackets may always move you return an empty triple. None is asked for there."""
    return _first(table, lambda x, y, z: _differ(table, x, y, z)) or ()


def false_instead_of_none(table):
    """Where brackets may always move you return False. None is asked for there: it says that nothing was
    found."""
    return _first(table, lambda x, y, z: _differ(table, x, y, z)) or False


def _differ(table, x, y, z):
    return table[table[x][y]][z] != table[x][table[y][z]]


def right_with_product(table):
    """All triples from itertools, as a list."""
    found = [list(t) for t in product(range(len(table)), repeat=3) if _differ(table, *t)]
    return found[0] if found else None


def right_row_by_row(table):
    """For each x and y, the two rows over all z at once."""
    n = len(table)
    for x in range(n):
        for y in range(n):
            one = table[table[x][y]]
            other = [table[x][u] for u in table[y]]
            if one != other:
                return (x, y, [u == v for u, v in zip(one, other, strict=True)].index(False))
    return None
