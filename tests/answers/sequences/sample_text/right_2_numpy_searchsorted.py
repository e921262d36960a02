# verdict: right
# what: Uses numpy's cumsum and searchsorted from the right on float64 and folds the rolls with functools.reduce.
# diagnosis: none
import functools
import random  # noqa: F401

import numpy as np


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    def step(text, u):
        totals = np.cumsum(np.array([probabilities[text[-1]][v] for v in vocabulary], dtype=np.float64))
        index = np.searchsorted(totals, u, side="right")
        return text + vocabulary[min(index, len(vocabulary) - 1)]

    return functools.reduce(step, uniforms, start)
