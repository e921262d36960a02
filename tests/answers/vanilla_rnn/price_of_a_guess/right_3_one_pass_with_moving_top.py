# verdict: right
# what: one pass over the logits relative to the one that came, with a running maximum and a rescaled sum (the online way).
# diagnosis: none
import math
import re


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    top, total = 0.0, 1.0  # the symbol itself, relative to itself
    for place, value in enumerate(logits):
        if place == symbol:
            continue
        d = value - logits[symbol]
        if d > top:
            total = total * math.exp(top - d) + 1.0
            top = d
        else:
            total += math.exp(d - top)
    return top + math.log(total)
