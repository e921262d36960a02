# verdict: wrong
# what: Uses the row of the start symbol for every roll and never moves the context on.
# diagnosis: What was written last is the context of the next roll; your row is looked up only once.
# told: mistake context_not_updated
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    row = [probabilities[start][v] for v in vocabulary]
    written = [start]
    for u in uniforms:
        running = 0.0
        for symbol, p in zip(vocabulary, row):
            running += p
            if running > u:
                written.append(symbol)
                break
        else:
            written.append(vocabulary[-1])
    return "".join(written)
