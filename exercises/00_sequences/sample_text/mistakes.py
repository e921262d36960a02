"""What goes wrong when a model writes."""

from bisect import bisect_right
from itertools import accumulate
from struct import pack, unpack


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
    """The running total is not set back to 0 for the next symbol. Every roll
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
    """Your text does not begin with `start`. Return `start` too, before the new symbols."""
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


def zero_takes_the_first_symbol(probabilities, vocabulary, start, uniforms):
    """For u = 0 you take the first symbol of the vocabulary. If it has probability 0, its piece is empty
    and cannot be hit: for u = 0, too, the total must be greater than u."""
    text = start
    for u in uniforms:
        text += vocabulary[0] if u == 0 else _pick(probabilities[text[-1]], vocabulary, u)
    return text


def context_one_too_old(probabilities, vocabulary, start, uniforms):
    """Your context is one symbol too old: the one before the symbol written last. Your text begins with
    `start`, so after i new symbols the last one stands at position i."""
    text = start
    for i, u in enumerate(uniforms):
        text += _pick(probabilities[text[max(i - 1, 0)]], vocabulary, u)
    return text


def order_of_the_dictionary(probabilities, vocabulary, start, uniforms):
    """You lay the pieces on the line in the order of the dictionary. The order is that of the vocabulary,
    whatever the order of the dictionary."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        text += _pick(row, list(row), u)
    return text


def alphabetical_order(probabilities, vocabulary, start, uniforms):
    """You lay the pieces on the line in the order of the alphabet. The order is that of the vocabulary."""
    text = start
    for u in uniforms:
        text += _pick(probabilities[text[-1]], sorted(vocabulary), u)
    return text


def order_reversed(probabilities, vocabulary, start, uniforms):
    """You lay the pieces on the line from the last symbol of the vocabulary to the first. Begin with the
    first one."""
    text = start
    for u in uniforms:
        text += _pick(probabilities[text[-1]], vocabulary[::-1], u)
    return text


def smallest_piece_first(probabilities, vocabulary, start, uniforms):
    """You lay the pieces on the line from the smallest to the largest. That would be a fair die too, but
    then the same u gives another symbol: we agreed on the order of the vocabulary."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        text += _pick(row, sorted(vocabulary, key=lambda symbol: row[symbol]), u)
    return text


def one_minus_u(probabilities, vocabulary, start, uniforms):
    """You measure u from the right end of the line. The pieces begin at 0, at the left end: compare u
    itself with the totals."""
    text = start
    for u in uniforms:
        text += _pick(probabilities[text[-1]], vocabulary, 1 - u)
    return text


def even_die(probabilities, vocabulary, start, uniforms):
    """You give every symbol a piece of the same length. The pieces are as long as the probabilities in
    the row of the last symbol."""
    text = start
    for u in uniforms:
        text += vocabulary[int(u * len(vocabulary))]
    return text


def context_and_symbol_swapped(probabilities, vocabulary, start, uniforms):
    """You read the table the wrong way round. The first key is the symbol written last, the second the
    one that may come."""
    text = start
    for u in uniforms:
        text += _pick({symbol: probabilities[symbol][text[-1]] for symbol in vocabulary}, vocabulary, u)
    return text


def one_piece_too_early(probabilities, vocabulary, start, uniforms):
    """You take the symbol before the one in whose piece u falls. The piece of a symbol ends at the total
    that contains its own probability."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        index = vocabulary.index(_pick(row, vocabulary, u))
        text += vocabulary[max(index - 1, 0)]
    return text


def comparison_the_wrong_way_round(probabilities, vocabulary, start, uniforms):
    """You stop at the first total that is smaller than u. The symbol that comes is the first one at which
    the total is greater than u."""
    text = start
    for u in uniforms:
        row, total = probabilities[text[-1]], 0.0
        for symbol in vocabulary:
            total += row[symbol]
            if total < u:
                break
        text += symbol
    return text


def only_one_new_symbol(probabilities, vocabulary, start, uniforms):
    """Your function stops after one new symbol. Is your return inside the loop? We want one symbol for
    each random number."""
    return start + "".join(_pick(probabilities[start], vocabulary, u) for u in uniforms[:1])


def last_number_not_used(probabilities, vocabulary, start, uniforms):
    """Your text is one symbol too short: the last random number is not used. We want one new symbol for
    each of them, after `start`."""
    text = start
    for u in uniforms[:-1]:
        text += _pick(probabilities[text[-1]], vocabulary, u)
    return text


def first_number_not_used(probabilities, vocabulary, start, uniforms):
    """You do not use the first random number. The start is given and needs none: the first number picks
    the first new symbol."""
    text = start
    for u in uniforms[1:]:
        text += _pick(probabilities[text[-1]], vocabulary, u)
    return text


def numbers_backwards(probabilities, vocabulary, start, uniforms):
    """You use the random numbers from the last to the first. The first number picks the first new symbol."""
    text = start
    for u in reversed(uniforms):
        text += _pick(probabilities[text[-1]], vocabulary, u)
    return text


def text_backwards(probabilities, vocabulary, start, uniforms):
    """You put each new symbol in front of the text. The text grows to the right: `start` stands first."""
    text = start
    for u in uniforms:
        text = _pick(probabilities[text[0]], vocabulary, u) + text
    return text


def only_the_last_symbol(probabilities, vocabulary, start, uniforms):
    """You return only the symbol written last. Collect all of them: the text is `start` and all new
    symbols."""
    text = start
    for u in uniforms:
        text = _pick(probabilities[text[-1]], vocabulary, u)
    return text


def nothing_when_no_total_is_greater(probabilities, vocabulary, start, uniforms):
    """When no total is greater than u, you write nothing, so the text is too short. The last symbol of
    the vocabulary is due then."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        if sum(row[symbol] for symbol in vocabulary) > u:
            text += _pick(row, vocabulary, u)
    return text


def first_when_no_total_is_greater(probabilities, vocabulary, start, uniforms):
    """When no total is greater than u, you write the first symbol of the vocabulary. The last one is due
    then: u lies at the right end of the line."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        enough = sum(row[symbol] for symbol in vocabulary) > u
        text += _pick(row, vocabulary, u) if enough else vocabulary[0]
    return text


def same_again_when_no_total_is_greater(probabilities, vocabulary, start, uniforms):
    """When no total is greater than u, you write the symbol that was written last once more. The last
    symbol of the vocabulary is due then: u lies at the right end of the line."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        enough = sum(row[symbol] for symbol in vocabulary) > u
        text += _pick(row, vocabulary, u) if enough else text[-1]
    return text


def likely_one_when_no_total_is_greater(probabilities, vocabulary, start, uniforms):
    """When no total is greater than u, you write the most likely symbol. The last symbol of the
    vocabulary is due then: u lies at the right end of the line."""
    text = start
    for u in uniforms:
        row = probabilities[text[-1]]
        enough = sum(row[symbol] for symbol in vocabulary) > u
        text += _pick(row, vocabulary, u) if enough else max(vocabulary, key=lambda x: row[x])
    return text


def too_few_digits(probabilities, vocabulary, start, uniforms):
    """A u that lies just below a border falls into the next piece of yours. Do not round, and do not turn
    the numbers into float32: compare them with all their digits."""

    def single(number):
        return unpack("f", pack("f", number))[0]

    text = start
    for u in uniforms:
        total = 0.0
        for symbol in vocabulary:
            total = single(total + single(probabilities[text[-1]][symbol]))
            if total > single(u):
                break
        text += symbol
    return text


def border_with_a_tolerance(probabilities, vocabulary, start, uniforms):
    """A u that lies just above a border still falls into the piece before it. Compare exactly, without a
    tolerance: the total must be greater than u."""
    text = start
    for u in uniforms:
        text += _pick(probabilities[text[-1]], vocabulary, u - 1e-9)
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
