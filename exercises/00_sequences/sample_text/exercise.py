"""Let a table of probabilities write a text, symbol by symbol."""


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    """Write one symbol for each random number, each after the symbol written last.

    probabilities: probabilities[a][b] is the probability of b after a, for all symbols of the vocabulary.
    vocabulary: all symbols, in the order in which their probabilities are laid end to end.
    start: the first symbol. uniforms: random numbers u with 0 <= u < 1.
    Returns the text: start, then len(uniforms) symbols.
    """
    # BEGIN SOLUTION
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        total = 0.0
        for symbol in vocabulary:
            total += row[symbol]
            if total > u:
                break
        text += symbol
    return text
    # END SOLUTION
