# verdict: right
# what: Writes the same number as a mixture of the observed share and 1 / V, with numpy, and returns numpy scalars.
# diagnosis: none
import numpy as np


def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    row = counts.get(context, {})
    n = np.array([row.get(x, 0) for x in vocabulary], dtype=np.float64)
    total = float(sum(row.values()))
    pretended = beta * len(vocabulary)
    share = n / total if total > 0 else np.zeros_like(n)
    weight, rest = total / (total + pretended), pretended / (total + pretended)
    return dict(zip(vocabulary, weight * share + rest / len(vocabulary)))
