# verdict: wrong
# what: Rounds the result to one decimal (and the example does not show it).
# diagnosis: Return the mean itself; rounding is for printing, and two good models may differ by less than a tenth of a bit.
# told: You round to 1 digits
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    surprises = map(lambda ab: -math.log2(probabilities[ab[0]][ab[1]]), zip(text, text[1:]))
    return round(sum(surprises) / (len(text) - 1), 1)
