# verdict: wrong
# what: Writes the sum of each row into the given table.
# diagnosis: The name is right, but the table belongs to the caller: keep the sums in a variable of your own.
# told: changed its argument number 4 in place
"""Tell from a table of probabilities which rule of counting was broken."""

def add_beta(pairs, vocabulary, beta):
    counts = {c: {x: beta for x in vocabulary} for c in vocabulary}
    for c, x in pairs:
        counts[c][x] += 1
    return {c: {x: counts[c][x] / sum(counts[c].values()) for x in vocabulary} for c in vocabulary}


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    for c in vocabulary:
        for x in vocabulary:
            if table[c][x] == 0:
                return "zero"
    for c in vocabulary:
        table[c]["sum"] = sum(table[c][x] for x in vocabulary)
    for c in vocabulary:
        if abs(table[c]["sum"] - 1) >= 1e-6:
            return "sum"
    tables = {
        "gap": add_beta(zip(text, text[2:]), vocabulary, beta),
        "backwards": add_beta(zip(text[1:], text), vocabulary, beta),
    }
    for name, wrong in tables.items():
        if all(abs(wrong[c][x] - table[c][x]) < 1e-6 for c in vocabulary for x in vocabulary):
            return name
    return "fine"
