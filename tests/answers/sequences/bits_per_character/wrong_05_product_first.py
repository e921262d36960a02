# verdict: wrong
# what: Multiplies all probabilities and takes one logarithm at the end, which underflows to 0 for a long text.
# diagnosis: The product of thousands of probabilities becomes 0 in floating point; take the logarithm of each and add.
# told: add logarithms
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    likelihood = math.prod(probabilities[text[k]][text[k + 1]] for k in range(len(text) - 1))
    return -math.log2(likelihood) / (len(text) - 1)
