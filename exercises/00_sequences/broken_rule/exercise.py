"""Tell from a table of probabilities which rule of counting was broken."""


def broken_rule(text: str, vocabulary: str, beta: float, table: dict[str, dict[str, float]]) -> str:
    """The first rule that the table breaks: "zero", "sum", "gap", "backwards", or "fine" if it breaks none.

    text: what was counted. vocabulary: all symbols, each once. beta: a positive number.
    table: table[c][x] should be the add-beta probability of x after c; it has all symbols in both places.
    """
    # BEGIN SOLUTION
    rows = [list(row.values()) for row in table.values()]
    if any(p == 0 for row in rows for p in row):
        return "zero"
    if any(abs(sum(row) - 1) > 1e-6 for row in rows):
        return "sum"

    def made_of(pairs: list[tuple[str, str]]) -> bool:
        for c in vocabulary:
            seen = [x for left, x in pairs if left == c]
            below = len(seen) + beta * len(vocabulary)
            if any(abs(table[c][x] - (seen.count(x) + beta) / below) > 1e-6 for x in vocabulary):
                return False
        return True

    if made_of(list(zip(text, text[2:], strict=False))):
        return "gap"
    if made_of(list(zip(text[1:], text, strict=False))):
        return "backwards"
    return "fine"
    # END SOLUTION
