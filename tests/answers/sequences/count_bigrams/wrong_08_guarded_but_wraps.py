# verdict: wrong
# what: Guards texts of fewer than two symbols, but otherwise starts at index 0 and counts the last symbol before the first.
# diagnosis: text[-1] is the last symbol of the text; it does not come before the first one, so start the loop at 1.
# told: mistake last_symbol_before_the_first
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    if len(text) < 2:
        return {}
    counts = {}
    for i in range(len(text)):
        row = counts.setdefault(text[i - 1], {})
        row[text[i]] = row.get(text[i], 0) + 1
    return counts
