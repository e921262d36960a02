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
