# verdict: wrong
# what: the prices of all symbols are returned as a list instead of one float for the symbol that came.
# diagnosis: Only one symbol came: return the price at the place symbol, one float.
# told: mistake all_prices
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    m = max(logits)
    log_z = m + math.log(math.fsum(math.exp(v - m) for v in logits))
    prices = [log_z - v for v in logits]
    return prices
