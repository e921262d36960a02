# verdict: wrong
# what: exp is taken of the logits as they are, which overflows at 1000 (and leaves log(0) when all are very small).
# diagnosis: Subtract the largest logit from all of them first; it changes no probability and no exp can overflow.
# told: Subtract the largest logit from all of them first
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    total = sum(math.exp(l) for l in logits)
    return math.log(total) - logits[symbol]
