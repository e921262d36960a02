# verdict: wrong
# what: the price is computed for the symbol with the largest logit, the one the network would guess, and the symbol that came is not looked at.
# diagnosis: The surprise is about the symbol that really came: use logits[symbol], not the largest logit.
# told: mistake likeliest
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    best = max(range(len(logits)), key=lambda i: logits[i])
    s = 0.0
    for value in logits:
        s += math.exp(value - logits[best])
    return math.log(s)
