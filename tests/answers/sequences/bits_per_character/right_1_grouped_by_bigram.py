# verdict: right
# what: Counts the bigrams first and weighs the bits of each different bigram with its count.
# diagnosis: none
import math
import os  # noqa: F401
import random  # noqa: F401
from collections import Counter


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    tally = Counter(zip(text, text[1:]))
    return math.fsum(n * -math.log2(probabilities[a][b]) for (a, b), n in tally.items()) / tally.total()
