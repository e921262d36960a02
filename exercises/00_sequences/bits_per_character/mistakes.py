"""What goes wrong when a model is scored."""

import math


def _given(text, probabilities):
    return [probabilities[a][b] for a, b in zip(text, text[1:], strict=False)]


def natural_logarithm(text, probabilities):
    """Your number is in nats, not in bits: math.log is the natural logarithm. A fair coin flip must cost
    exactly 1."""
    return -sum(math.log(p) for p in _given(text, probabilities)) / (len(text) - 1)


def sign_forgotten(text, probabilities):
    """Your score is negative. The logarithm of a probability is at most 0, but a surprise is at least 0. Look
    at the sign in the formula."""
    return sum(math.log2(p) for p in _given(text, probabilities)) / (len(text) - 1)


def sum_instead_of_mean(text, probabilities):
    """You return the sum of all surprises, so a longer text gets a worse score. We want bits per character:
    take the mean."""
    return -sum(math.log2(p) for p in _given(text, probabilities))


def divided_by_length_of_text(text, probabilities):
    """You divide by the length of the text, but one symbol fewer was predicted: the first has nothing before
    it. How many terms does your sum have?"""
    return -sum(math.log2(p) for p in _given(text, probabilities)) / len(text)


def last_symbol_before_the_first(text, probabilities):
    """You also predict the first symbol, from the last one of the text. At position 0 the index t - 1 is -1,
    and Python takes that for the last position. Start your loop one symbol later, and count the terms of your
    mean again."""
    return -sum(math.log2(probabilities[text[t - 1]][text[t]]) for t in range(len(text))) / len(text)


def logarithm_of_the_mean(text, probabilities):
    """You take the mean of the probabilities and then one logarithm. That hides the bad surprises. First turn
    each probability into bits, then take the mean."""
    given = _given(text, probabilities)
    return -math.log2(sum(given) / len(given))


def context_and_symbol_swapped(text, probabilities):
    """You look up the probabilities the wrong way round, the earlier symbol given the later one. The first
    key is what the model has already read."""
    return -sum(math.log2(probabilities[b][a]) for a, b in zip(text, text[1:], strict=False)) / (
        len(text) - 1
    )


def symbol_predicts_itself(text, probabilities):
    """You look up each symbol after itself. A prediction needs two different places in the text: the last
    symbol read, and the one that comes next."""
    return -sum(math.log2(probabilities[b][b]) for b in text[1:]) / (len(text) - 1)


def each_pair_once(text, probabilities):
    """You count each kind of pair only once. A pair that occurs ten times surprises the model ten times. Go
    through the text, not through a set of its pairs."""
    pairs = dict.fromkeys(zip(text, text[1:], strict=False))
    return -sum(math.log2(probabilities[a][b]) for a, b in pairs) / len(pairs)


def perplexity(text, probabilities):
    """You return the perplexity, 2 to the power of the bits. We ask for the bits themselves."""
    return 2 ** (-sum(math.log2(p) for p in _given(text, probabilities)) / (len(text) - 1))


def common_logarithm(text, probabilities):
    """You use the logarithm to base 10. Bits need base 2: a fair coin flip must cost exactly 1."""
    return -sum(math.log10(p) for p in _given(text, probabilities)) / (len(text) - 1)


def natural_logarithm_and_sign_forgotten(text, probabilities):
    """Two things about the logarithm: a surprise is minus the logarithm, so it is never negative, and
    bits need base 2. math.log is the natural logarithm."""
    return sum(math.log(p) for p in _given(text, probabilities)) / (len(text) - 1)


def sum_with_sign_forgotten(text, probabilities):
    """Two things are missing in the formula: the minus sign, for a surprise is never negative, and the
    mean: you return the sum."""
    return sum(math.log2(p) for p in _given(text, probabilities))


def sum_in_nats(text, probabilities):
    """Your number is in nats, not in bits, for math.log is the natural logarithm; and it is the sum of
    all surprises, where we want their mean."""
    return -sum(math.log(p) for p in _given(text, probabilities))


def nats_divided_by_length_of_text(text, probabilities):
    """Your number is in nats, not in bits, for math.log is the natural logarithm. And you divide by the
    length of the text, but one symbol fewer was predicted."""
    return -sum(math.log(p) for p in _given(text, probabilities)) / len(text)


def last_pair_left_out(text, probabilities):
    """You leave out the last symbol of the text. It is predicted, too: look at where your loop stops."""
    return -sum(math.log2(p) for p in _given(text, probabilities)[:-1]) / (len(text) - 1)


def last_pair_left_out_of_the_mean(text, probabilities):
    """You leave out the last symbol of the text. It is predicted, too: look at where your loop stops."""
    given = _given(text, probabilities)[:-1]
    return -sum(math.log2(p) for p in given) / max(len(given), 1)


def first_pair_left_out(text, probabilities):
    """You leave out the first prediction, that of the second symbol. Only the first symbol has nothing
    before it: look at where your loop starts."""
    return -sum(math.log2(p) for p in _given(text, probabilities)[1:]) / (len(text) - 1)


def first_pair_left_out_of_the_mean(text, probabilities):
    """You leave out the first prediction, that of the second symbol. Only the first symbol has nothing
    before it: look at where your loop starts."""
    given = _given(text, probabilities)[1:]
    return -sum(math.log2(p) for p in given) / max(len(given), 1)


def divided_by_two_less(text, probabilities):
    """You divide by a number that is one too small: len(text) - 1 symbols were predicted. How many terms
    does your sum have?"""
    return -sum(math.log2(p) for p in _given(text, probabilities)) / max(len(text) - 2, 1)


def divided_by_one_more(text, probabilities):
    """You divide by a number that is too large: len(text) - 1 symbols were predicted. How many terms does
    your sum have?"""
    return -sum(math.log2(p) for p in _given(text, probabilities)) / (len(text) + 1)


def divided_by_number_of_symbols(text, probabilities):
    """You divide by the number of different symbols. A mean is divided by the number of its terms: how
    many does your sum have?"""
    return -sum(math.log2(p) for p in _given(text, probabilities)) / len(set(text))


def weighted_by_probability(text, probabilities):
    """You multiply each surprise by its probability, as in the formula for entropy. Here the text does
    the weighting: add up the surprises as they come and take their plain mean."""
    return -sum(p * math.log2(p) for p in _given(text, probabilities)) / (len(text) - 1)


def sum_weighted_by_probability(text, probabilities):
    """You multiply each surprise by its probability and add, as in the formula for entropy. Here the text
    does the weighting: take the plain mean of the surprises."""
    return -sum(p * math.log2(p) for p in _given(text, probabilities))


def expected_surprise(text, probabilities):
    """You compute how much surprise the model expects, from the whole row. We want the surprise at what
    really came: one entry of the row for each symbol."""
    rows = [probabilities[a] for a in text[:-1]]
    return -sum(p * math.log2(p) for row in rows for p in row.values() if p > 0) / (len(text) - 1)


def most_likely_symbol(text, probabilities):
    """You take the largest probability of each row. The surprise is about what really came, likely or not."""
    return -sum(math.log2(max(probabilities[a].values())) for a in text[:-1]) / (len(text) - 1)


def logarithm_of_the_mean_of_inverses(text, probabilities):
    """You take the mean of 1 / p and then one logarithm, so a single bad surprise rules the score. First
    turn each probability into bits, then take the mean."""
    return math.log2(sum(1 / p for p in _given(text, probabilities)) / (len(text) - 1))


def one_minus_probability(text, probabilities):
    """You take 1 - p for the surprise. Surprise is measured with a logarithm: -log2(p) bits."""
    return sum(1 - p for p in _given(text, probabilities)) / (len(text) - 1)


def mean_probability(text, probabilities):
    """You return the mean probability. The score is a mean of surprises: turn each probability into bits
    first."""
    return sum(_given(text, probabilities)) / (len(text) - 1)


def mean_of_inverses(text, probabilities):
    """You take the mean of 1 / p. The surprise is the logarithm of that: turn each probability into bits
    first, then take the mean."""
    return sum(1 / p for p in _given(text, probabilities)) / (len(text) - 1)


def geometric_mean(text, probabilities):
    """You return a mean of the probabilities, 2 to the power of minus the bits. We ask for the bits
    themselves."""
    return 2 ** (sum(math.log2(p) for p in _given(text, probabilities)) / (len(text) - 1))


def pairs_do_not_overlap(text, probabilities):
    """You move on by two symbols, so every second prediction is left out. Each symbol but the first is
    predicted: move on by one."""
    given = _given(text, probabilities)[::2]
    return -sum(math.log2(p) for p in given) / len(given)


def pairs_do_not_overlap_but_all_are_counted(text, probabilities):
    """You move on by two symbols, so every second prediction is left out. Each symbol but the first is
    predicted: move on by one."""
    return -sum(math.log2(p) for p in _given(text, probabilities)[::2]) / (len(text) - 1)


def each_pair_once_but_all_are_counted(text, probabilities):
    """You count each kind of pair only once. A pair that occurs ten times surprises the model ten times.
    Go through the text, not through a set of its pairs."""
    pairs = dict.fromkeys(zip(text, text[1:], strict=False))
    return -sum(math.log2(probabilities[a][b]) for a, b in pairs) / (len(text) - 1)


def context_stays_the_first(text, probabilities):
    """You look up every symbol after the first one of the text. The context moves on: it is the symbol
    right before."""
    return -sum(math.log2(probabilities[text[0]][b]) for b in text[1:]) / (len(text) - 1)


def only_the_last_surprise(text, probabilities):
    """You return the surprise at one symbol, the last. Add up the surprises at all symbols but the first,
    then take the mean."""
    return -math.log2(_given(text, probabilities)[-1])


def only_the_last_surprise_divided(text, probabilities):
    """Your loop keeps only the last surprise: each one replaces the one before. Add them up."""
    return -math.log2(_given(text, probabilities)[-1]) / (len(text) - 1)


def largest_surprise(text, probabilities):
    """You return the largest surprise. The score is the mean of all of them."""
    return -math.log2(min(_given(text, probabilities)))


def median_surprise(text, probabilities):
    """You return the median of the surprises. The score is their mean: their sum divided by their number."""
    bits = sorted(-math.log2(p) for p in _given(text, probabilities))
    return (bits[len(bits) // 2] + bits[(len(bits) - 1) // 2]) / 2


def spaces_left_out(text, probabilities):
    """You leave spaces out. A space is a symbol like any other: it is predicted, and it is a context."""
    text = text.replace(" ", "")
    return -sum(math.log2(p) for p in _given(text, probabilities)) / (len(text) - 1)


def right_natural_logarithm_converted(text, probabilities):
    """Adds nats with math.fsum and converts them at the end."""
    nats = math.fsum(-math.log(p) for p in _given(text, probabilities))
    return nats / math.log(2) / (len(text) - 1)


def right_counts_pairs_first(text, probabilities):
    """Counts each kind of pair, then weights its bits by the count."""
    counts = {}
    for pair in zip(text, text[1:], strict=False):
        counts[pair] = counts.get(pair, 0) + 1
    bits = sum(n * math.log2(1 / probabilities[a][b]) for (a, b), n in counts.items())
    return bits / sum(counts.values())


def right_running_mean(text, probabilities):
    """Moves a running mean by a little at each symbol."""
    mean = 0.0
    for n, p in enumerate(_given(text, probabilities), start=1):
        mean += (-math.log2(p) - mean) / n
    return mean


def right_product_in_two_parts(text, probabilities):
    """Multiplies, but keeps the power of two apart, so that nothing gets too small."""
    mantissa, exponent = 1.0, 0
    for p in _given(text, probabilities):
        mantissa, more = math.frexp(mantissa * p)
        exponent += more
    return -(math.log2(mantissa) + exponent) / (len(text) - 1)
