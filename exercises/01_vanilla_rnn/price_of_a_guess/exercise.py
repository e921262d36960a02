"""The price of one guess: -log of the probability of the symbol that came."""

import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    """-log p of one symbol, where p is the softmax of the logits, in nats.

    logits: one number for each symbol of the vocabulary, between -1000 and 1000.
    symbol: the place in it of the symbol that came, from 0.
    """
    # BEGIN SOLUTION
    largest = max(logits)
    shifted = [logit - largest for logit in logits]
    return math.log(sum(math.exp(logit) for logit in shifted)) - shifted[symbol]
    # END SOLUTION
