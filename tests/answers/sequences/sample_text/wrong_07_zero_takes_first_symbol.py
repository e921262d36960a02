# verdict: wrong
# what: Guards u = 0 by taking the first symbol of the vocabulary, even if it has probability 0.
# diagnosis: A symbol of probability 0 has an empty piece; also for u = 0 the total must be greater than u.
# told: mistake zero_takes_the_first_symbol
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    out = [start]
    for u in uniforms:
        if u == 0:
            out.append(vocabulary[0])
            continue
        i, total = 0, probabilities[out[-1]][vocabulary[0]]
        while total <= u and i < len(vocabulary) - 1:
            i += 1
            total += probabilities[out[-1]][vocabulary[i]]
        out.append(vocabulary[i])
    return "".join(out)
