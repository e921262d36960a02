# verdict: wrong
# what: Treats the first roll apart and right, but later takes the symbol before the last one as the context.
# diagnosis: Since the text begins with start, the symbol written last is text[i], not text[i - 1].
# told: mistake context_one_too_old
from itertools import accumulate


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    text = start
    for i, u in enumerate(uniforms):
        context = start if i == 0 else text[i - 1]
        totals = accumulate(probabilities[context][v] for v in vocabulary)
        text += next((v for v, t in zip(vocabulary, totals) if t > u), vocabulary[-1])
    return text
