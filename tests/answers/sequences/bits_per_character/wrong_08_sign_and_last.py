# verdict: wrong
# what: Two errors: the minus sign is forgotten and the last pair of the text is left out.
# diagnosis: Surprise is minus the logarithm, so it is never negative, and the last symbol is predicted, too.
# told: mistake sign_forgotten
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    score = 0.0
    i = 0
    while i < len(text) - 2:
        score += math.log2(probabilities[text[i]][text[i + 1]])
        i += 1
    return score / (len(text) - 1)
