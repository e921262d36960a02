# verdict: wrong
# what: Two errors: the pieces lie in the order of the row's dictionary, and the start symbol is not part of the result.
# diagnosis: Go through the vocabulary, not through the row's own order, and let the text begin with start.
# told: mistake start_missing
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    text = ""
    context = start
    for u in uniforms:
        total = 0.0
        new = vocabulary[-1]
        for symbol, p in probabilities[context].items():
            total += p
            if total > u:
                new = symbol
                break
        text += new
        context = new
    return text
