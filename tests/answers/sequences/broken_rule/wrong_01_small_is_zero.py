# verdict: wrong
# what: Takes every number below 0.000001 as 0.
# diagnosis: A probability that is only very small is not 0, so for "zero" compare with 0 exactly.
# told: mistake tiny_taken_for_zero
"""Tell from a table of probabilities which rule of counting was broken."""

def add_beta(pairs, vocabulary, beta):
    counts = {c: {x: 0 for x in vocabulary} for c in vocabulary}
    for c, x in pairs:
        counts[c][x] += 1
    result = {}
    for c in vocabulary:
        total = sum(counts[c].values())
        result[c] = {x: (counts[c][x] + beta) / (total + beta * len(vocabulary)) for x in vocabulary}
    return result


def same(p, q):
    return all(abs(p[c][x] - q[c][x]) < 1e-6 for c in p for x in p)


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    for c in vocabulary:
        for x in vocabulary:
            if abs(table[c][x]) < 1e-6:
                return "zero"
    for c in vocabulary:
        if abs(sum(table[c][x] for x in vocabulary) - 1) >= 1e-6:
            return "sum"
    if same(add_beta(zip(text, text[2:]), vocabulary, beta), table):
        return "gap"
    if same(add_beta(zip(text[1:], text), vocabulary, beta), table):
        return "backwards"
    return "fine"
