# verdict: wrong
# what: Adds up the columns of the table instead of the rows.
# diagnosis: A row is table[c] with one context and all next symbols, and that is what adds up to 1; a column need not.
# told: mistake whole_table_added_up
"""Tell from a table of probabilities which rule of counting was broken."""

import numpy as np


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    size = len(vocabulary)
    place = {x: i for i, x in enumerate(vocabulary)}
    given = np.array([[table[c][x] for x in vocabulary] for c in vocabulary])

    def expected(contexts, symbols):
        counts = np.zeros((size, size))
        for c, x in zip(contexts, symbols):
            counts[place[c], place[x]] += 1
        return (counts + beta) / (counts.sum(axis=1, keepdims=True) + beta * size)

    if (given == 0).any():
        return "zero"
    if (abs(given.sum(axis=0) - 1) >= 1e-6).any():
        return "sum"
    if (abs(given - expected(text, text[2:])) < 1e-6).all():
        return "gap"
    if (abs(given - expected(text[1:], text)) < 1e-6).all():
        return "backwards"
    return "fine"
