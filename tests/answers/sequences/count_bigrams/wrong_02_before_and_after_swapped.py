# verdict: wrong
# what: Counts what came before a symbol: the later symbol is the outer key.
# diagnosis: counts[a][b] asks what came after a; the earlier symbol is the first key.
# told: mistake pair_reversed
from collections import defaultdict


def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    table = defaultdict(lambda: defaultdict(int))
    for i in range(1, len(text)):
        table[text[i]][text[i - 1]] += 1
    return {k: dict(v) for k, v in table.items()}
