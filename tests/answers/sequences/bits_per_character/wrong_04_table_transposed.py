# verdict: wrong
# what: Reads the table as probabilities[next][last] and so takes the probability of the earlier symbol after the later one.
# diagnosis: The first key of the table is the symbol that was there before, the second is the one that comes next.
# told: mistake context_and_symbol_swapped
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    def surprise(old, new):
        return -math.log2(probabilities[new][old])

    previous = text[0]
    collected = []
    for symbol in text[1:]:
        collected.append(surprise(previous, symbol))
        previous = symbol
    return sum(collected) / len(collected)
