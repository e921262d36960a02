# verdict: wrong
# what: Guards the text of two symbols and is right there, but otherwise counts every different bigram only once.
# diagnosis: A bigram that comes ten times surprises ten times; do not put the pairs into a set.
# told: mistake each_pair_once
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    if len(text) == 2:
        return -math.log2(probabilities[text[0]][text[1]])
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    return sum(-math.log2(probabilities[ab[0]][ab[1]]) for ab in pairs) / len(pairs)
