# verdict: wrong
# what: small logits are treated right without a shift, but for large ones only the sum is shifted and the logit is not.
# diagnosis: If you subtract the largest logit in the sum, subtract it from logits[symbol] too; one formula with the shift serves all cases.
# told: mistake largest_forgotten
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    largest = max(logits)
    if abs(largest) < 500:
        return math.log(sum(math.exp(v) for v in logits)) - logits[symbol]
    # too large: shift first
    return math.log(sum(math.exp(v - largest) for v in logits)) - logits[symbol]
