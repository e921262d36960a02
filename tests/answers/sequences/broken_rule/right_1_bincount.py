# verdict: right
# what: Numbers the pairs of symbols, counts them with numpy's bincount, and compares whole arrays.
# diagnosis: None: it is right.
"""Tell from a table of probabilities which rule of counting was broken."""

import numpy as np


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    v = len(vocabulary)
    given = np.array([[table[c][x] for x in vocabulary] for c in vocabulary], dtype=float)
    if not given.all():
        return "zero"
    if np.abs(given @ np.ones(v) - 1).max() >= 1e-6:
        return "sum"
    codes = np.array([vocabulary.index(s) for s in text], dtype=np.int64)

    def off(contexts, symbols):
        counts = np.bincount(contexts * v + symbols, minlength=v * v).reshape(v, v) + beta
        return np.abs(counts / counts.sum(axis=1)[:, None] - given).max()

    if off(codes[:-2], codes[2:]) < 1e-6:
        return "gap"
    return "backwards" if off(codes[1:], codes[:-1]) < 1e-6 else "fine"
