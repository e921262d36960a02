# verdict: wrong
# what: Takes the first total that is greater than or equal to u, so a tie falls to the earlier symbol.
# diagnosis: The total must be greater than u; if u is just at a border, it belongs to the next piece.
# told: mistake boundary_in_the_wrong_piece
def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    text = start
    for u in uniforms:
        total = 0.0
        chosen = vocabulary[-1]
        for s in vocabulary:
            total += probabilities[text[-1]][s]
            if total >= u:
                chosen = s
                break
        text += chosen
    return text
