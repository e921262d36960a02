# verdict: wrong
# what: Divides by the number of symbols of the text although the first one is not predicted.
# diagnosis: How many surprises did you add up? The first symbol has none, so divide by len(text) - 1.
# told: mistake divided_by_length_of_text
from math import log2


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    """Mean surprise."""
    bits = [-log2(probabilities[a][b]) for a, b in zip(text, text[1:])]
    return sum(bits) / len(text)
