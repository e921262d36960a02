# verdict: wrong
# what: Counts with str.count, which does not see overlapping occurrences ("aaaa" gives 2 instead of 3).
# diagnosis: str.count jumps over what it has found; bigrams overlap, so go through the text place by place.
# told: mistake overlaps_missed_by_str_count
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    counts = {}
    for i in range(len(text) - 1):
        a, b = text[i], text[i + 1]
        counts.setdefault(a, {})[b] = text.count(a + b)
    return counts
