# verdict: wrong
# what: Compares u with each probability alone instead of with the running total.
# diagnosis: The pieces lie end to end; add the probabilities up and compare the total with u.
# told: mistake total_not_added_up
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    def roll(context, u):
        for symbol in vocabulary:
            if probabilities[context][symbol] > u:
                return symbol
        return vocabulary[-1]

    out = start
    for u in uniforms:
        out = out + roll(out[-1], u)
    return out
