"""What goes wrong when a table of probabilities is examined."""

ROOM = 1e-6


def _pairs(text):
    return {"fine": _zip(text, text[1:]), "gap": _zip(text, text[2:]), "backwards": _zip(text[1:], text)}


def _zip(left, right):
    return list(zip(left, right, strict=False))


def _fits(pairs, vocabulary, beta, table, below=None):
    """Whether add-beta makes the table of these pairs; below: what stands for beta below the line."""
    for c in vocabulary:
        seen = [x for left, x in pairs if left == c]
        total = len(seen) + (beta if below is None else below) * len(vocabulary)
        if any(abs(table[c][x] - (seen.count(x) + beta) / total) > ROOM for x in vocabulary):
            return False
    return True


def _sums(table):
    return [sum(row.values()) for row in table.values()]


def _zero(table):
    return any(p == 0 for row in table.values() for p in row.values())


def _counted(text, vocabulary, beta, table):
    for name in ("gap", "backwards"):
        if _fits(_pairs(text)[name], vocabulary, beta, table):
            return name
    return "fine"


def _right(text, vocabulary, beta, table):
    return "zero" if _zero(table) else "sum" if _off(table) else _counted(text, vocabulary, beta, table)


def _off(table):
    return any(abs(total - 1) > ROOM for total in _sums(table))


def nothing_counted_again(text, vocabulary, beta, table):
    """You call every table without zeros, whose rows add up to 1, fine. It may still have been counted from
    the wrong pairs of symbols: count the text yourself and compare. If you do count, look at what you divide
    by: how many of these pairs begin with c, and a symbol at the edge of the text may begin none."""
    return "zero" if _zero(table) else "sum" if _off(table) else "fine"


def only_the_symbols_of_the_text(text, vocabulary, beta, table):
    """You take the number of different symbols in the text for V. V counts all symbols of the vocabulary,
    also those that the text does not have."""
    if _zero(table) or _off(table):
        return nothing_counted_again(text, vocabulary, beta, table)
    fewer = beta * len(set(text)) / len(vocabulary)  # below the line there is beta times V
    for name in ("gap", "backwards"):
        if _fits(_pairs(text)[name], vocabulary, beta, table, below=fewer):
            return name
    return "fine"


def overlapping_pairs_missed(text, vocabulary, beta, table):
    """You count pairs with text.count, which passes over pairs that overlap: in "aaa" it finds "aa" once, and
    there are two. Go through the places of the text."""
    if _zero(table) or _off(table):
        return nothing_counted_again(text, vocabulary, beta, table)
    found = [(c, x) for c in vocabulary for x in vocabulary for _ in range(text.count(c + x))]
    if _fits(found, vocabulary, beta, table):
        return "fine"
    return "backwards" if _fits([(x, c) for c, x in found], vocabulary, beta, table) else "gap"


def sums_before_zeros(text, vocabulary, beta, table):
    """You look at the sums before the zeros. A table with a 0 may have rows that do not add up, and then it
    is "zero": that name comes first."""
    return "sum" if _off(table) else "zero" if _zero(table) else _counted(text, vocabulary, beta, table)


def only_the_first_row_added_up(text, vocabulary, beta, table):
    """You look at the sum of one row only. One wrong row is enough, and it may be any of them."""
    if _zero(table):
        return "zero"
    return "sum" if abs(_sums(table)[0] - 1) > ROOM else _counted(text, vocabulary, beta, table)


def only_sums_above_one(text, vocabulary, beta, table):
    """You notice rows that add up to more than 1, and not those that add up to less. Both are wrong."""
    if _zero(table):
        return "zero"
    return "sum" if max(_sums(table)) > 1 + ROOM else _counted(text, vocabulary, beta, table)


def only_sums_below_one(text, vocabulary, beta, table):
    """You notice rows that add up to less than 1, and not those that add up to more. Both are wrong."""
    if _zero(table):
        return "zero"
    return "sum" if min(_sums(table)) < 1 - ROOM else _counted(text, vocabulary, beta, table)


def whole_table_added_up(text, vocabulary, beta, table):
    """You add up the whole table, or its columns. The probabilities of all symbols after one context are a
    row, table[c], and each row must add up to 1 by itself."""
    if _zero(table):
        return "zero"
    return "sum" if abs(sum(_sums(table)) - 1) > ROOM else _counted(text, vocabulary, beta, table)


def sum_compared_without_room(text, vocabulary, beta, table):
    """You ask whether a sum is exactly 1. The computer rounds, so a right row may add up to
    0.9999999999999999: leave a little room."""
    if _zero(table):
        return "zero"
    return "sum" if any(total != 1 for total in _sums(table)) else _counted(text, vocabulary, beta, table)


def tiny_taken_for_zero(text, vocabulary, beta, table):
    """You take a very small probability for 0. It is small because beta is, and that is allowed: only 0
    itself makes the surprise infinite."""
    if any(p < ROOM for row in table.values() for p in row.values()):
        return "zero"
    return "sum" if _off(table) else _counted(text, vocabulary, beta, table)


def zeros_not_looked_at(text, vocabulary, beta, table):
    """You never say "zero". A table with a 0 in it calls something impossible."""
    return "sum" if _off(table) else _counted(text, vocabulary, beta, table)


def gap_and_backwards_swapped(text, vocabulary, beta, table):
    """You take "gap" for "backwards" and the other way round. With a gap the symbol two places later was
    counted; backwards, the one before."""
    if _zero(table) or _off(table):
        return nothing_counted_again(text, vocabulary, beta, table)
    name = _counted(text, vocabulary, beta, table)
    return {"gap": "backwards", "backwards": "gap"}.get(name, name)


def gap_not_recognised(text, vocabulary, beta, table):
    """You do not recognise a table that was counted with a gap. Count, for each symbol, what stands two
    places later, and compare."""
    name = _right(text, vocabulary, beta, table)
    return "fine" if name == "gap" else name


def backwards_not_recognised(text, vocabulary, beta, table):
    """You do not recognise a table that was counted backwards. Count, for each symbol, what stands right
    before it, and compare. It is not the right table with rows and columns exchanged, because each row is
    divided by its own number of pairs."""
    name = _right(text, vocabulary, beta, table)
    return "fine" if name == "backwards" else name


def everything_not_right_is_backwards(text, vocabulary, beta, table):
    """You call every table that was counted from wrong pairs "backwards". Which pairs were counted with a
    gap?"""
    name = _right(text, vocabulary, beta, table)
    return "backwards" if name == "gap" else name


def everything_not_right_is_a_gap(text, vocabulary, beta, table):
    """You call every table that was counted from wrong pairs "gap". Which pairs were counted backwards?"""
    name = _right(text, vocabulary, beta, table)
    return "gap" if name == "backwards" else name


def right_by_counting(text, vocabulary, beta, table):
    """Counts each of the three ways, and says "sum" if none of them fits."""
    if _zero(table):
        return "zero"
    for name, pairs in _pairs(text).items():
        if _fits(pairs, vocabulary, beta, table):
            return name
    return "sum"


def right_with_tables_of_counts(text, vocabulary, beta, table):
    """Finds the counts back from the probabilities: p (n(c) + beta V) - beta must be n(c, x)."""
    if min(min(row.values()) for row in table.values()) == 0:
        return "zero"
    if any(abs(sum(row.values()) - 1) > ROOM for row in table.values()):
        return "sum"
    for name, pairs in _pairs(text).items():
        n = {c: sum(left == c for left, _ in pairs) for c in vocabulary}
        back = {
            (c, x): table[c][x] * (n[c] + beta * len(vocabulary)) - beta
            for c in vocabulary
            for x in vocabulary
        }
        if all(abs(number - pairs.count(pair)) < 1e-3 for pair, number in back.items()):
            return name
    return "sum"
