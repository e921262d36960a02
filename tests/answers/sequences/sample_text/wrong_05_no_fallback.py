# verdict: wrong
# what: Writes nothing if rounding leaves the last total below u, so the text is too short.
# diagnosis: If no total is greater than u, the last symbol of the vocabulary is due; your loop ends without writing.
# told: mistake nothing_when_no_total_is_greater
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    symbols = [start]
    for u in uniforms:
        acc = 0.0
        context = symbols[-1]
        for s in vocabulary:
            acc += probabilities[context][s]
            if acc > u:
                symbols.append(s)
                break
    return "".join(symbols)
