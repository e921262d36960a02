# verdict: wrong
# what: Uses the natural logarithm, so the surprise is measured in nats and not in bits.
# diagnosis: math.log is the logarithm to base e; bits need the logarithm to base 2.
# told: mistake natural_logarithm
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    total = 0.0
    for i in range(1, len(text)):
        p = probabilities[text[i - 1]][text[i]]
        total += -math.log(p)
    return total / (len(text) - 1)
