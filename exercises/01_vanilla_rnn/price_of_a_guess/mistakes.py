"""What goes wrong when a guess is judged."""

import math


def _log_sum(logits):
    largest = max(logits)
    return math.log(sum(math.exp(logit - largest) for logit in logits)) + largest


def _price(logits, symbol):
    return _log_sum(logits) - logits[symbol]


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
    """You return the price of the symbol that the network expects most, which is also the logarithm of the
    sum of the smaller numbers. What counts is the symbol that came: its own smaller number is subtracted."""
    return _price(logits, logits.index(max(logits)))


def mean_of_all(logits, symbol):
    """You take the mean of the prices of all symbols. Only one of them came."""
    return sum(_price(logits, v) for v in range(len(logits))) / len(logits)


def sum_without_it(logits, symbol):
    """Your sum leaves out the symbol that came. Probabilities add up to 1 over all symbols, so it belongs to
    the sum, too."""
    rest = [logit for v, logit in enumerate(logits) if v != symbol]
    return math.log(sum(math.exp(logit - max(logits)) for logit in rest)) + max(logits) - logits[symbol]


def in_base_ten(logits, symbol):
    """You use the logarithm to base 10. We ask for nats, with the natural logarithm, math.log."""
    return _price(logits, symbol) / math.log(10)


def counted_from_one(logits, symbol):
    """You judge the symbol before the one that came: symbol is the place in the list counted from 0, so it
    needs no - 1."""
    return _price(logits, symbol - 1)


def all_prices(logits, symbol):
    """You return the prices of all symbols. Only one of them came: return its price alone."""
    return [_price(logits, v) for v in range(len(logits))]


def all_probabilities(logits, symbol):
    """You return the probabilities of all symbols. We ask for the price of the one that came: -log of its
    probability."""
    return [math.exp(-_price(logits, v)) for v in range(len(logits))]


def sum_of_all(logits, symbol):
    """You add up the prices of all symbols. Only one of them came."""
    return sum(_price(logits, v) for v in range(len(logits)))


def expected_price(logits, symbol):
    """You weigh the prices of all symbols by their probabilities. That is what the network expects to pay; it
    pays for the symbol that came, whole."""
    return sum(_price(logits, v) * math.exp(-_price(logits, v)) for v in range(len(logits)))


def one_minus_the_probability(logits, symbol):
    """You return 1 minus the probability. The price is -log of the probability."""
    return 1 - math.exp(-_price(logits, symbol))


def price_of_the_others(logits, symbol):
    """You take -log of 1 - p, the price of all other symbols together. The symbol came, so its own p
    counts."""
    rest = [logit for v, logit in enumerate(logits) if v != symbol]
    return _log_sum(logits) - _log_sum(rest)


def one_over_the_probability(logits, symbol):
    """You return 1 over the probability. The price is the logarithm of that."""
    return math.exp(_price(logits, symbol))


def log_of_the_sum_only(logits, symbol):
    """You return the logarithm of the sum and leave out the logit of the symbol that came. It is subtracted
    from it."""
    return _log_sum(logits)


def logit_added(logits, symbol):
    """You add the logit to the logarithm of the sum. -log p is the logarithm of the sum minus the logit."""
    return _log_sum(logits) + logits[symbol]


def distance_to_the_largest(logits, symbol):
    """You return the distance to the largest logit. The logarithm of the sum over all symbols is missing: it
    is a little more than the largest one."""
    return max(logits) - logits[symbol]


def distance_to_the_mean(logits, symbol):
    """You compare the logit with the mean of all logits. What it is compared with is the logarithm of the sum
    of their exponentials."""
    return sum(logits) / len(logits) - logits[symbol]


def exp_forgotten(logits, symbol):
    """You divide the logit by the sum of the logits. Softmax takes exp of each of them first."""
    share = logits[symbol] / sum(logits) if sum(logits) else 0.0
    return -math.log(share) if share > 0 else 0.0


def shares_without_exp(logits, symbol):
    """You move the logits so that the smallest is 0, and divide by their sum. Those are shares, but not those
    of softmax: it takes exp of each logit first, and then no share is 0."""
    lowest = min(logits)
    share = (logits[symbol] - lowest + 1e-9) / sum(logit - lowest + 1e-9 for logit in logits)
    return -math.log(share)


def divided_by_the_largest(logits, symbol):
    """You divide the logits by their largest one. Subtract it: only differences leave the probabilities as
    they are."""
    return _price([logit / (max(logits) or 1.0) for logit in logits], symbol)


def mean_under_the_logarithm(logits, symbol):
    """You take the mean of the exponentials where the sum is meant, so your price is too low by the logarithm
    of the number of symbols."""
    return _price(logits, symbol) - math.log(len(logits))


def divided_by_the_number_of_symbols(logits, symbol):
    """You divide the price by the number of symbols. It is the price of one symbol; nothing is averaged."""
    return _price(logits, symbol) / len(logits)


def last_logit_left_out(logits, symbol):
    """Your sum leaves out the last logit: does your loop stop one too early?"""
    return _log_sum(logits[:-1]) - logits[symbol]


def exp_of_minus_the_logit(logits, symbol):
    """You take exp of minus the logits, so the symbol that is expected most gets the smallest probability. A
    larger logit means a larger probability."""
    return _price([-logit for logit in logits], symbol)


def small_number_in_the_logarithm(logits, symbol):
    """You add a small number to the probability before the logarithm. That hides a guess that was very wrong:
    no price can be more than about 28. Take the logarithm on paper, then no probability can become 0."""
    return -math.log(math.exp(-_price(logits, symbol)) + 1e-12)


def rounded(logits, symbol):
    """You round the price to four digits. The example is only printed like that: return all digits."""
    return round(_price(logits, symbol), 4)


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
