# verdict: wrong
# what: symbol is taken to be counted from 1, so the logit before it is used.
# diagnosis: The place is counted from 0, as in Python lists: take logits[symbol].
# told: mistake counted_from_one
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    m = max(logits)
    denominator = 0
    for z in logits:
        denominator += math.exp(z - m)
    return math.log(denominator) - (logits[symbol - 1] - m)
