"""What goes wrong when a guess is judged."""

import math


def _price(logits, symbol):
    largest = max(logits)
    return math.log(sum(math.exp(logit - largest) for logit in logits)) + largest - logits[symbol]


def probability_itself(logits, symbol):
    """You return the probability. We ask for its price: -log of it."""
    return math.exp(-_price(logits, symbol))


def sign_forgotten(logits, symbol):
    """Your price is negative. The logarithm of a probability is at most 0; a surprise is at least 0."""
    return -_price(logits, symbol)


def in_bits(logits, symbol):
    """Your price is in bits: math.log2 is the logarithm to base 2. We ask for nats, with math.log."""
    return _price(logits, symbol) / math.log(2)


def largest_forgotten(logits, symbol):
    """You subtract the largest logit under the sum, and not from the logit of the symbol that came. Then the
    two do not fit together any more: use the smaller numbers everywhere."""
    return _price(logits, symbol) - max(logits)


def logit_itself(logits, symbol):
    """You return the logit with its sign changed. What is expected of one symbol says nothing without the
    others: the sum over all of them is missing."""
    return -float(logits[symbol])


def next_place(logits, symbol):
    """You judge another symbol than the one that came. symbol is the place in the list, counted from 0."""
    return _price(logits, (symbol + 1) % len(logits))


def likeliest(logits, symbol):
    """You judge the symbol that the network expects most. What counts is the one that came."""
    return _price(logits, logits.index(max(logits)))


def mean_of_all(logits, symbol):
    """You take the mean of the prices of all symbols. Only one of them came."""
    return sum(_price(logits, v) for v in range(len(logits))) / len(logits)


def sum_without_it(logits, symbol):
    """Your sum leaves out the symbol that came. Probabilities add up to 1 over all symbols, so it belongs to
    the sum, too."""
    rest = [logit for v, logit in enumerate(logits) if v != symbol]
    return math.log(sum(math.exp(logit - max(logits)) for logit in rest)) + max(logits) - logits[symbol]


def right_smallest_first(logits, symbol):
    """Adds up with fsum, relative to the symbol that came, in the order of size."""
    others = sorted(logit - logits[symbol] for logit in logits)
    top = max(others)
    return top + math.log(math.fsum(math.exp(logit - top) for logit in others))


def right_two_at_a_time(logits, symbol):
    """Joins the logits one by one: log(e^a + e^b) is the larger one, and a little."""
    total = logits[0]
    for logit in logits[1:]:
        total = max(total, logit) + math.log1p(math.exp(-abs(total - logit)))
    return total - logits[symbol]
