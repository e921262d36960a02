# verdict: wrong
# what: Makes a row for every symbol, so a symbol that occurs only at the end of the text gets an empty dictionary.
# diagnosis: A symbol after which nothing came has no row at all; make a row only when you count something in it.
# told: mistake empty_rows_listed
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    counts = {}
    for position, symbol in enumerate(text):
        row = counts.setdefault(symbol, {})
        if position + 1 < len(text):
            follower = text[position + 1]
            row[follower] = row.get(follower, 0) + 1
    return counts
