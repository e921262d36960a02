# verdict: wrong
# what: Uses the number of different symbols in the text for V instead of the size of the vocabulary.
# diagnosis: The vocabulary may have symbols that the text does not; V counts all of them.
# told: mistake only_the_symbols_of_the_text
"""Tell from a table of probabilities which rule of counting was broken."""

from collections import defaultdict


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    size = len(set(text))

    def expected(pairs):
        seen, total = defaultdict(int), defaultdict(int)
        for c, x in pairs:
            seen[c, x] += 1
            total[c] += 1
        return lambda c, x: (seen[c, x] + beta) / (total[c] + beta * size)

    def matches(prob):
        return all(abs(prob(c, x) - table[c][x]) < 1e-6 for c in vocabulary for x in vocabulary)

    if min(min(row.values()) for row in table.values()) == 0:
        return "zero"
    if max(abs(sum(row.values()) - 1) for row in table.values()) >= 1e-6:
        return "sum"
    if matches(expected(zip(text, text[2:]))):
        return "gap"
    if matches(expected(zip(text[1:], text))):
        return "backwards"
    return "fine"
