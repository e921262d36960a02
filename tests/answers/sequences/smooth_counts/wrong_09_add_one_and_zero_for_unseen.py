# verdict: wrong
# what: Two errors: it always adds 1 instead of beta, and an unseen context gives probability 0 to everything.
# diagnosis: Use the beta that you are given, and after an unseen context every symbol has probability 1 / V.
# told: mistake one_instead_of_beta
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    out = {}
    for x in vocabulary:
        if context in counts:
            n_cx = counts[context][x] if x in counts[context] else 0
            out[x] = (n_cx + 1) / (sum(counts[context].values()) + len(vocabulary))
        else:
            out[x] = 0.0
    return out
