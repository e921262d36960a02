# verdict: wrong
# what: Lower-cases the text and throws away everything that is not a letter before it counts.
# diagnosis: A space, a comma and a capital letter are symbols like any other; count the text as it is.
# told: mistake text_cleaned
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    letters = [c for c in text.lower() if c.isalpha()]
    counts = {}
    for a, b in zip(letters, letters[1:]):
        counts.setdefault(a, {})
        counts[a][b] = counts[a].get(b, 0) + 1
    return counts
