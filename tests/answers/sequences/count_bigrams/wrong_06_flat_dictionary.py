# verdict: wrong
# what: Returns one flat dictionary with the bigrams as keys instead of a dictionary of dictionaries.
# diagnosis: The numbers are right, but the form is counts[a][b]: one dictionary for each first symbol.
# told: mistake one_flat_table_of_tuples
from collections import Counter


def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    return dict(Counter(zip(text, text[1:])))
