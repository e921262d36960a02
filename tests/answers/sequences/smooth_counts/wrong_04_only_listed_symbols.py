# verdict: wrong
# what: Returns probabilities only for the symbols that the row lists; unseen symbols are missing.
# diagnosis: The unseen symbols are the reason for smoothing; go through the vocabulary and not through the row.
# told: mistake only_symbols_that_were_seen
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    V = len(vocabulary)
    if context not in counts:
        return dict.fromkeys(vocabulary, 1 / V)
    n_c = sum(counts[context].values())
    probs = {}
    for symbol, n in counts[context].items():
        probs[symbol] = (n + beta) / (n_c + beta * V)
    return probs
