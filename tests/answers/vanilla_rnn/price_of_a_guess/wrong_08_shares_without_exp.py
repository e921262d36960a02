# verdict: wrong
# what: the logits are moved to start at 0 and divided by their sum, without exp; this is not softmax, and it can divide by 0 when all are equal.
# diagnosis: Softmax takes exp of every logit before dividing; shares of the logits themselves are something else.
# told: mistake shares_without_exp
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    lowest = min(logits)
    positive = [v - lowest + 1e-9 for v in logits]
    p = positive[symbol] / sum(positive)
    return -math.log(p)
