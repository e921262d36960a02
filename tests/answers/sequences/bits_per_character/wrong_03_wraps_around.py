# verdict: wrong
# what: Starts at index 0, where text[i - 1] is text[-1], so the first symbol is predicted from the last one.
# diagnosis: At i = 0 the index i - 1 is -1 and Python takes the last symbol; nothing comes before the first symbol, so begin at 1.
# told: mistake last_symbol_before_the_first
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    n = len(text)
    s = 0.0
    for i in range(n):
        before, now = text[i - 1], text[i]
        s -= math.log2(probabilities[before][now])
    return s / n
