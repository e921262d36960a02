# verdict: right
# what: Copies the row into a Counter, adds the pretended counts there and divides by the sum of all of it.
# diagnosis: none
import copy  # noqa: F401
import math
from collections import Counter


def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    seen = Counter(counts[context]) if context in counts else Counter()
    seen.update(dict.fromkeys(vocabulary, beta))
    total = math.fsum(seen.values())
    return {x: seen[x] / total for x in vocabulary}
