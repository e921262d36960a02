"""What goes wrong when a text is cut into contexts and next symbols."""


def last_pair_forgotten(text, k):
    """Your list stops one pair early: the last symbol of the text is never asked for. It has k symbols before
    it, so it belongs to the quiz too. Look at where your loop ends."""
    return [(text[t - k : t], text[t]) for t in range(k, len(text) - 1)]


def answer_inside_the_question(text, k):
    """Your context already contains the symbol it should predict, so the quiz is too easy. The context must
    end just before the symbol. Look at both ends of your slice."""
    return [(text[t - k + 1 : t + 1], text[t]) for t in range(k, len(text))]


def one_symbol_skipped(text, k):
    """You leave a gap of one symbol between the context and the answer. The answer is the symbol that follows
    the context at once. Look at the position you read it from."""
    return [(text[t - k : t], text[t + 1]) for t in range(k, len(text) - 1)]


def contexts_do_not_overlap(text, k):
    """You jump over k + 1 symbols after each pair, so most of the questions are lost. Neighbouring contexts
    overlap: move on by one symbol at a time."""
    return [(text[t - k : t], text[t]) for t in range(k, len(text), k + 1)]


def text_cut_into_blocks(text, k):
    """You cut the text into blocks of k symbols, so most of the questions are lost. Neighbouring contexts
    overlap: move on by one symbol at a time."""
    return [(text[t - k : t], text[t]) for t in range(k, len(text), max(k, 1))]


def always_one_symbol_of_context(text, k):
    """Your contexts have one symbol whatever k is. Where does k enter your slice?"""
    return [(text[max(0, t - 1) : t], text[t]) for t in range(k, len(text))]


def short_contexts_at_the_start(text, k):
    """You also list the first symbols, whose contexts are shorter than k. Only places with k symbols before
    them count. Look at where your loop starts."""
    return [(text[max(0, t - k) : t], text[t]) for t in range(len(text))]


def short_contexts_from_the_second_symbol(text, k):
    """You also list places near the start of the text, whose contexts are shorter than k. Only places with k
    symbols before them count. Look at where your loop starts."""
    return [(text[max(0, t - k) : t], text[t]) for t in range(min(k, 1), len(text))]


def starts_too_early(text, k):
    """Your loop starts before there are k symbols to look back at. A slice whose start is negative counts
    from the end of the text, so your first contexts are empty or come from the wrong place."""
    return [(text[t - k : t], text[t]) for t in range(len(text))]


def repeated_pairs_dropped(text, k):
    """You list each pair only once. A pair that occurs more often must be listed more often: how often is
    exactly what we want to learn from a text."""
    return list(dict.fromkeys((text[t - k : t], text[t]) for t in range(k, len(text))))


def context_reversed(text, k):
    """Your contexts are written backwards. A context reads like the text, from left to right, with the newest
    symbol last."""
    return [(text[t - k : t][::-1], text[t]) for t in range(k, len(text))]


def answer_before_the_question(text, k):
    """Your pairs are the wrong way round: the symbol comes first and the context second. We want the question
    first and then its answer, (context, symbol)."""
    return [(text[t], text[t - k : t]) for t in range(k, len(text))]


def one_pair_too_many(text, k):
    """Your list has one pair too many, with an empty answer: after the last symbol of the text nothing comes.
    A slice that runs over the end does not complain, so look at where your loop ends."""
    return [(text[i : i + k], text[i + k : i + k + 1]) for i in range(len(text) - k + 1)]


def first_pair_forgotten(text, k):
    """Your list lacks its first pair. The first place with k symbols before it is position k, because
    positions are counted from 0. Look at where your loop starts."""
    return [(text[t - k : t], text[t]) for t in range(k + 1, len(text))]


def from_right_to_left(text, k):
    """You list the pairs from the end of the text to its beginning. We want them from left to right."""
    return [(text[t - k : t], text[t]) for t in range(len(text) - 1, k - 1, -1)]


def pairs_sorted(text, k):
    """You sort the pairs. Leave them in the order in which they stand in the text, from left to right."""
    return sorted((text[t - k : t], text[t]) for t in range(k, len(text)))


def everything_for_k_zero(text, k):
    """With k = 0 your contexts hold all that was read so far; they must be empty. The slice [-k:] means "the
    last k symbols" only if k is not 0: [-0:] is [0:], the whole string."""
    return [(text[:t][-k:], text[t]) for t in range(k, len(text))]


def nothing_for_k_zero(text, k):
    """With k = 0 your list is empty. Every place has 0 symbols before it (or more), so each symbol of the
    text is an answer, and its context is the empty string."""
    return [(text[t - k : t], text[t]) for t in range(k, len(text)) if k > 0]


def one_for_k_zero(text, k):
    """You treat k = 0 like k = 1. With k = 0 each symbol of the text is an answer, the first one too, and its
    context is the empty string."""
    k = max(k, 1)
    return [(text[t - k : t], text[t]) for t in range(k, len(text))]


def context_one_too_long(text, k):
    """Your contexts have k + 1 symbols, one too many. How many symbols does a slice text[i:j] contain?"""
    return [(text[t - k - 1 : t], text[t]) for t in range(k + 1, len(text))]


def context_one_too_short(text, k):
    """Your contexts have k - 1 symbols: the oldest one is missing. How many symbols does a slice text[i:j]
    contain?"""
    return [(text[t - k + 1 : t], text[t]) for t in range(k, len(text))]


def answer_of_k_symbols(text, k):
    """Your answers have k symbols. Only the context has k of them; the answer is the one symbol right after
    it."""
    return [(text[t - k : t], text[t : t + k]) for t in range(k, len(text))]


def answer_is_the_rest(text, k):
    """Your answers hold all the rest of the text. The answer is only the one symbol right after the
    context."""
    return [(text[t - k : t], text[t:]) for t in range(k, len(text))]


def answer_is_the_next_context(text, k):
    """Your answer is the whole context moved on by one. Here only its last symbol is asked for, the one that
    the context does not contain."""
    return [(text[t - k : t], text[t - k + 1 : t + 1]) for t in range(k, len(text))]


def context_after_the_answer(text, k):
    """Your contexts lie to the right of the symbol. A context is what was read before it, so it lies to the
    left."""
    return [(text[t + 1 : t + 1 + k], text[t]) for t in range(len(text) - k)]


def whole_past_as_context(text, k):
    """Your contexts start at the beginning of the text and get longer and longer. A context has exactly k
    symbols, those right before the place."""
    return [(text[:t], text[t]) for t in range(k, len(text))]


def spaces_left_out(text, k):
    """You leave spaces out. A space is a symbol like any other, in a context and as an answer."""
    text = text.replace(" ", "")
    return [(text[t - k : t], text[t]) for t in range(k, len(text))]


def capitals_made_small(text, k):
    """You turn capital letters into small ones. They are different symbols: take the text as it is."""
    text = text.lower()
    return [(text[t - k : t], text[t]) for t in range(k, len(text))]


def right_cuts_windows(text, k):
    """Cuts windows of k + 1 symbols and splits each of them."""
    windows = (text[i : i + k + 1] for i in range(len(text) - k))
    return [(window[:-1], window[-1]) for window in windows]


def right_keeps_the_last_symbols(text, k):
    """Reads symbol by symbol and keeps the last k in mind."""
    pairs, context = [], ""
    for symbol in text:
        if len(context) == k:
            pairs.append((context, symbol))
        context = (context + symbol)[1:] if len(context) == k else context + symbol
    return pairs
