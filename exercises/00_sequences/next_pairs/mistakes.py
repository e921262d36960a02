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


def always_one_symbol_of_context(text, k):
    """Your contexts have one symbol whatever k is. Where does k enter your slice?"""
    return [(text[max(0, t - 1) : t], text[t]) for t in range(k, len(text))]


def short_contexts_at_the_start(text, k):
    """You also list the first symbols, whose contexts are shorter than k. Only places with k symbols before
    them count. Look at where your loop starts."""
    return [(text[max(0, t - k) : t], text[t]) for t in range(len(text))]


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
