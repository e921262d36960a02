# verdict: wrong
# what: Gives beta only to the symbols that were never seen and leaves the seen counts as they are.
# diagnosis: Every symbol gets beta on top, the seen ones too.
# told: mistake beta_only_for_unseen_symbols
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    row = counts.get(context, {})
    adjusted = {s: row[s] if s in row else beta for s in vocabulary}
    z = sum(adjusted.values())
    return {s: v / z for s, v in adjusted.items()}
