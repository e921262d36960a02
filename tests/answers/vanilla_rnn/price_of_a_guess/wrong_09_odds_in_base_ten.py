# verdict: wrong
# what: two errors: the sum below the line leaves out the symbol itself (odds), and the logarithm is to base 10.
# diagnosis: Below the line stand all symbols, also the one that came; and nats need the natural logarithm math.log.
# told: mistake in_base_ten
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    m = max(logits)
    others = 0.0
    for i, v in enumerate(logits):
        if i == symbol:
            continue
        others += math.exp(v - m)
    return math.log10(others) - (logits[symbol] - m) / math.log(10)
