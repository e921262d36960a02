# verdict: right
# what: Returns a defaultdict whose rows are Counters; both are dictionaries and compare equal to plain ones.
# diagnosis: none
from collections import Counter, defaultdict


def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    table = defaultdict(Counter)
    it = iter(text)
    before = next(it, None)
    for now in it:
        table[before][now] += 1
        before = now
    return table
