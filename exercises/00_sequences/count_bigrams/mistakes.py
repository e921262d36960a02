"""What goes wrong when pairs of neighbours are counted."""

from collections import Counter


def _table(pairs):
    counts = {}
    for a, b in pairs:
        row = counts.setdefault(a, {})
        row[b] = row.get(b, 0) + 1
    return counts


def pair_reversed(text):
    """You count what came before, not what came after. The first key is the symbol on the left, the second
    key the one that follows it. Compare counts["b"] for the text "banana"."""
    return _table(zip(text[1:], text, strict=False))


def last_pair_forgotten(text):
    """You miss the very last pair of the text. Look at where your loop stops."""
    return _table(zip(text[:-1], text[1:-1], strict=False))


def last_symbol_before_the_first(text):
    """You count one pair too many: the last symbol of the text followed by the first. At position 0 the index
    t - 1 is -1, and Python takes that for the last position. Nothing comes before the first symbol."""
    return _table((text[t - 1], text[t]) for t in range(len(text)))


def one_flat_table(text):
    """You count whole pairs in one flat dictionary. The counts are right, but a model asks "what came after
    a?", so we want one row for each left symbol: counts[a][b]."""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        counts[a + b] = counts.get(a + b, 0) + 1
    return counts


def pairs_do_not_overlap(text):
    """You move on by two symbols, so every second pair is lost. Bigrams overlap: the right symbol of one pair
    is the left symbol of the next."""
    return _table(zip(text[::2], text[1::2], strict=False))


def overlaps_missed_by_str_count(text):
    """You count too few pairs of equal symbols, such as "aa" in "aaaa". The method text.count(...) does not
    see matches that overlap. Go through the positions instead."""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        counts.setdefault(a, {})[b] = text.count(a + b)
    return counts


def repeats_not_counted(text):
    """All your counts are 1: you note that a pair occurs, not how often. What should happen when you meet a
    pair for the second time?"""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        counts.setdefault(a, {})[b] = 1
    return counts


def first_time_not_counted(text):
    """All your counts are one too small: the first time you meet a pair you write 0. Meeting it is already a
    count of one."""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        row = counts.setdefault(a, {})
        row[b] = row[b] + 1 if b in row else 0
    return counts


def row_started_again(text):
    """Each new pair wipes out what you knew about its left symbol: your rows never have more than one entry.
    Change the row that is there; do not put a new one in its place."""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        counts[a] = {b: counts.get(a, {}).get(b, 0) + 1}
    return counts


def spaces_left_out(text):
    """You leave spaces out. A space is a symbol like any other: a model that cannot predict spaces cannot
    write words."""
    text = text.replace(" ", "")
    return _table(zip(text, text[1:], strict=False))


def right_counts_pairs_first(text):
    """Counts the pairs with a Counter and sorts them into rows afterwards."""
    counts = {}
    for (a, b), n in Counter(zip(text, text[1:], strict=False)).items():
        counts.setdefault(a, {})[b] = n
    return counts


def right_fills_a_table_then_drops_zeros(text):
    """Starts from a table of zeros, counts by position, and leaves the zeros out at the end."""
    counts = {a: dict.fromkeys(text, 0) for a in text}
    for t in range(1, len(text)):
        counts[text[t - 1]][text[t]] += 1
    rows = {a: {b: n for b, n in row.items() if n > 0} for a, row in counts.items()}
    return {a: row for a, row in rows.items() if row}
