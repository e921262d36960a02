"""What goes wrong when a model writes."""

from bisect import bisect_right
from itertools import accumulate


def _pick(row, vocabulary, u):
    total = 0.0
    for symbol in vocabulary:
        total += row[symbol]
        if total > u:
            break
    return symbol


def context_not_updated(probabilities, vocabulary, start, uniforms):
    """You write every symbol as if it came right after `start`. The context of the next roll is the symbol
    you have just written. Which row does your second roll use?"""
    return start + "".join(_pick(probabilities[start], vocabulary, u) for u in uniforms)


def most_likely_symbol(probabilities, vocabulary, start, uniforms):
    """You always take the most likely symbol and never look at the random numbers. Then the model can only
    write one text. The number u decides: find the piece it falls in."""
    text = start
    for _ in uniforms:
        row = probabilities[text[-1]]
        text += max(vocabulary, key=lambda symbol: row[symbol])
    return text


def total_not_added_up(probabilities, vocabulary, start, uniforms):
    """You compare u with each probability by itself. The pieces lie end to end: compare u with the running
    total of all probabilities so far."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        text += next((symbol for symbol in vocabulary if row[symbol] > u), vocabulary[-1])
    return text


def total_not_reset(probabilities, vocabulary, start, uniforms):
    """Your first new symbol is right, but the running total is not set back to 0 for the next one. Every roll
    starts at the left end of the line."""
    text, total = start, 0.0
    for u in uniforms:
        row = probabilities[text[-1]]
        for symbol in vocabulary:
            total += row[symbol]
            if total > u:
                break
        text += symbol
    return text


def start_missing(probabilities, vocabulary, start, uniforms):
    """The symbols you write are right, but your text does not begin with `start`."""
    text = start
    for u in uniforms:
        text += _pick(probabilities[text[-1]], vocabulary, u)
    return text[1:]


def same_number_every_time(probabilities, vocabulary, start, uniforms):
    """You use the first random number for every symbol. Each symbol needs a new roll of the die: use the
    numbers one after the other."""
    text = start
    for _ in uniforms:
        text += _pick(probabilities[text[-1]], vocabulary, uniforms[0])
    return text


def boundary_in_the_wrong_piece(probabilities, vocabulary, start, uniforms):
    """You stop when the total is equal to u; it must be greater. With u = 0 your model can write a symbol of
    probability 0. Look at the comparison."""
    text = start
    for u in uniforms:
        row, total = probabilities[text[-1]], 0.0
        for symbol in vocabulary:
            total += row[symbol]
            if total >= u:
                break
        text += symbol
    return text


def one_piece_too_far(probabilities, vocabulary, start, uniforms):
    """You take the symbol after the one in whose piece u falls. The piece of a symbol ends at the total that
    already contains its own probability: compare after you add, not before."""
    text = start
    for u in uniforms:
        row, total = probabilities[text[-1]], 0.0
        for symbol in vocabulary:
            if total > u:
                break
            total += row[symbol]
        text += symbol
    return text


def order_of_probability(probabilities, vocabulary, start, uniforms):
    """You lay the pieces on the line from the largest to the smallest. That would be a fair die too, but then
    the same u gives another symbol: we agreed on the order of the vocabulary."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        text += _pick(row, sorted(vocabulary, key=lambda symbol: -row[symbol]), u)
    return text


def right_searches_the_totals(probabilities, vocabulary, start, uniforms):
    """Makes the totals of a row with accumulate and finds the place of u with bisect."""
    text = [start]
    for u in uniforms:
        totals = list(accumulate(probabilities[text[-1]][symbol] for symbol in vocabulary))
        text.append(vocabulary[min(bisect_right(totals, u), len(vocabulary) - 1)])
    return "".join(text)


def right_writes_one_symbol_and_calls_itself(probabilities, vocabulary, start, uniforms):
    """Writes one symbol, then the rest of the text with that symbol as the start."""
    if not uniforms:
        return start
    row, total, index = probabilities[start], 0.0, 0
    total = row[vocabulary[0]]
    while total <= uniforms[0] and index < len(vocabulary) - 1:
        index += 1
        total += row[vocabulary[index]]
    rest = right_writes_one_symbol_and_calls_itself(
        probabilities, vocabulary, vocabulary[index], uniforms[1:]
    )
    return start + rest
