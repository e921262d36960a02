# verdict: wrong
# what: the largest logit is subtracted, but then the logarithm is taken of the probability itself, which may have become 0.
# diagnosis: A very unlikely symbol has a probability that rounds to 0, and log(0) fails; take the logarithm on paper: log of the sum minus the logit.
# told: If you take the logarithm of a probability: this one is so small that it has become 0
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    biggest = max(logits)
    exps = [math.exp(v - biggest) for v in logits]
    p = exps[symbol] / sum(exps)
    return -math.log(p)
