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
    """You count whole pairs in one flat dictionary. But a model asks "what came after
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


def one_flat_table_of_tuples(text):
    """You count whole pairs in one flat dictionary. But a model asks "what came after
    a?", so we want one row for each left symbol: counts[a][b]."""
    return dict(Counter(zip(text, text[1:], strict=False)))


def zeros_listed(text):
    """Your table also lists pairs that never occur, with the count 0. List only what occurs: make a row or an
    entry when you meet it for the first time."""
    counts = {a: dict.fromkeys(sorted(set(text)), 0) for a in sorted(set(text))}
    for a, b in zip(text, text[1:], strict=False):
        counts[a][b] += 1
    return counts


def zeros_listed_in_rows_that_occur(text):
    """Your rows also list symbols that never came after that symbol, with the count 0. List only what occurs:
    make an entry when you meet it for the first time."""
    counts = {a: dict.fromkeys(sorted(set(text)), 0) for a in text[:-1]}
    for a, b in zip(text, text[1:], strict=False):
        counts[a][b] += 1
    return counts


def empty_rows_listed(text):
    """You make a row for every symbol, so one after which nothing came has an empty dictionary. It should
    have no row at all: make a row only when you have something to count in it."""
    counts = {a: {} for a in text}
    for a, b in zip(text, text[1:], strict=False):
        counts[a][b] = counts[a].get(b, 0) + 1
    return counts


def nothing_after_the_last(text):
    """You also count the last symbol, with the empty string after it. Nothing comes after the last symbol, so
    it begins no pair. A slice that runs over the end does not complain; look at where your loop stops."""
    return _table((text[i], text[i + 1 : i + 2]) for i in range(len(text)))


def first_pair_forgotten(text):
    """You miss the very first pair of the text. Look at where your loop starts: positions are counted from
    0."""
    return _table(zip(text[1:], text[2:], strict=False))


def one_symbol_skipped(text):
    """You count the symbol after the next. A bigram is two symbols side by side."""
    return _table(zip(text, text[2:], strict=False))


def all_later_symbols(text):
    """You count everything that comes later in the text. Only the symbol right after counts."""
    return _table((text[i], text[j]) for i in range(len(text)) for j in range(i + 1, len(text)))


def both_directions(text):
    """You count each pair in both directions. counts[a][b] is only how often b came right after a."""
    return _table(pair for a, b in zip(text, text[1:], strict=False) for pair in ((a, b), (b, a)))


def doubles_left_out(text):
    """You leave out pairs of two equal symbols, such as "aa". They are bigrams like any other."""
    return _table((a, b) for a, b in zip(text, text[1:], strict=False) if a != b)


def first_time_counted_twice(text):
    """All your counts are one too large: the first time you meet a pair you count it twice, once when you
    make its entry and once when you add to it."""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        row = counts.setdefault(a, {})
        row[b] = row.get(b, 1) + 1
    return counts


def symbols_counted_not_pairs(text):
    """Your numbers say how often the right symbol occurs in the text. We want to know how often it came right
    after the left one: count the pair."""
    counts = {}
    for a, b in zip(text, text[1:], strict=False):
        counts.setdefault(a, {})[b] = text.count(b)
    return counts


def one_row_for_all(text):
    """All your rows are the same dictionary, so what you count in one of them appears in all. Make a new row
    for each left symbol."""
    row = {}
    counts = dict.fromkeys(text[:-1], row)
    for a, b in zip(text, text[1:], strict=False):
        counts[a][b] = counts[a].get(b, 0) + 1
    return counts


def shares_instead_of_counts(text):
    """You divide each row by its sum. That comes later: here we want the counts themselves, whole numbers."""
    counts = _table(zip(text, text[1:], strict=False))
    return {a: {b: n / sum(row.values()) for b, n in row.items()} for a, row in counts.items()}


def only_letters_kept(text):
    """You leave out what is not a letter. A space and a comma are symbols like any other."""
    text = "".join(symbol for symbol in text if symbol.isalpha())
    return _table(zip(text, text[1:], strict=False))


def only_letters_or_spaces_kept(text):
    """You leave out commas. A comma is a symbol like any other, and so is all else that stands in the
    text."""
    text = "".join(symbol for symbol in text if symbol.isalpha() or symbol == " ")
    return _table(zip(text, text[1:], strict=False))


def capitals_made_small(text):
    """You turn capital letters into small ones. They are different symbols: count the text as it is."""
    text = text.lower()
    return _table(zip(text, text[1:], strict=False))


def text_cleaned(text):
    """You clean the text before you count: no capitals, and letters only. A space, a comma and a capital
    letter are symbols like any other, so count the text as it is."""
    text = "".join(symbol for symbol in text.lower() if symbol.isalpha())
    return _table(zip(text, text[1:], strict=False))


def pairs_inside_words_only(text):
    """You count inside of words only. A space is a symbol like any other, so a word's last symbol is followed
    by a space, and the space by the next word's first symbol."""
    return _table(pair for word in text.split() for pair in zip(word, word[1:], strict=False))


def spaces_at_the_ends_cut_off(text):
    """You cut off the spaces at the ends of the text. They are symbols like any other: count the text as it
    is."""
    text = text.strip()
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
