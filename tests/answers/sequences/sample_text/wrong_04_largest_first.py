# verdict: wrong
# what: Lays the probabilities end to end from the largest to the smallest instead of in the order of the vocabulary.
# diagnosis: The order of the pieces is that of the vocabulary; do not sort them by size.
# told: mistake order_of_probability
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    result = start
    last = start
    for u in uniforms:
        order = sorted(vocabulary, key=lambda v: probabilities[last][v], reverse=True)
        c = 0.0
        pick = vocabulary[-1]
        for v in order:
            c += probabilities[last][v]
            if c > u:
                pick = v
                break
        result += pick
        last = pick
    return result
