# verdict: wrong
# what: Takes text[0] before the loop, so the empty text raises an IndexError instead of giving an empty dictionary.
# diagnosis: An empty text is a text, too: it has no bigrams, and text[0] does not exist.
# told: This was for the empty text
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    last = text[0]
    for symbol in text[1:]:
        counts.setdefault(last, {}).setdefault(symbol, 0)
        counts[last][symbol] += 1
        last = symbol
    return counts
