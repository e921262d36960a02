# verdict: wrong
# what: the logarithm to base 2 is used, so the price is in bits and not in nats.
# diagnosis: The statement asks for the natural logarithm; divide by log2(e) or use math.log.
# told: mistake in_bits
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    top = max(logits)
    shifted = [v - top for v in logits]
    surprise = math.log(sum(math.exp(s) for s in shifted)) - shifted[symbol]
    return surprise / math.log(2)  # surprise is counted in bits
