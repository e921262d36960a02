"""Score a model of text: the mean surprise at what really came."""

import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    """The mean of -log2 of the probability of each symbol, given the one before it.

    text: a string of two or more symbols.
    probabilities: probabilities[a][b] is the probability of b after a, never 0.
    """
    # BEGIN SOLUTION
    bits = 0.0
    for a, b in zip(text, text[1:], strict=False):
        bits -= math.log2(probabilities[a][b])
    return bits / (len(text) - 1)
    # END SOLUTION
