"""What goes wrong when counts become probabilities."""

from fractions import Fraction


def only_symbols_that_were_seen(counts, context, vocabulary, beta):
    """You give probabilities only to symbols that were seen after this context. The others could still come,
    and beta is meant for them. Go through the vocabulary, not through the row."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (n + beta) / total for x, n in row.items()}


def beta_missing_below(counts, context, vocabulary, beta):
    """Your probabilities add up to more than 1. You add beta to every count above the line; what does that
    add to the total below the line?"""
    row = counts.get(context, {})
    total = sum(row.values())
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def beta_once_below(counts, context, vocabulary, beta):
    """Below the line you add beta once, so your probabilities add up to more than 1. Above the line each
    symbol got its own beta. How many symbols are there?"""
    row = counts.get(context, {})
    total = sum(row.values()) + beta
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def vocabulary_of_this_row(counts, context, vocabulary, beta):
    """You take V to be the number of symbols seen after this context. V is the number of all symbols there
    are, whether they were seen here or not."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(row)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def beta_above_missing(counts, context, vocabulary, beta):
    """Above the line you left beta out, so unseen symbols still get probability 0 and the sum stays below 1.
    Every symbol was "seen" beta times more."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: row.get(x, 0) / total for x in vocabulary}


def no_smoothing(counts, context, vocabulary, beta):
    """You divide the plain counts, as if beta were 0. A symbol that was never seen here must not get
    probability 0. Where does beta enter?"""
    row = counts.get(context, {})
    total = max(sum(row.values()), 1)
    return {x: row.get(x, 0) / total for x in vocabulary}


def total_of_the_whole_table(counts, context, vocabulary, beta):
    """You divide by the counts of the whole table. Given a context, only its own row matters: n(c) is the sum
    of that row."""
    row = counts.get(context, {})
    total = sum(sum(row.values()) for row in counts.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def context_and_symbol_swapped(counts, context, vocabulary, beta):
    """You read the table the wrong way round: counts[x][c] is how often the context came after the symbol.
    Which key comes first, the context or what follows it?"""
    column = {x: counts.get(x, {}).get(context, 0) for x in vocabulary}
    total = sum(column.values()) + beta * len(vocabulary)
    return {x: (column[x] + beta) / total for x in vocabulary}


def unseen_context_gets_zeros(counts, context, vocabulary, beta):
    """After a context that was never seen you give every symbol probability 0, but something must come next.
    Put n(c) = 0 into the formula and see what it says."""
    if context not in counts:
        return dict.fromkeys(vocabulary, 0.0)
    row = counts[context]
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def right_weights_then_divides(counts, context, vocabulary, beta):
    """Adds beta to every count first and divides by the sum of the result."""
    weights = {x: float(beta) for x in vocabulary}
    if context in counts:
        for x, n in counts[context].items():
            weights[x] += n
    total = sum(weights.values())
    return {x: weight / total for x, weight in weights.items()}


def right_in_exact_fractions(counts, context, vocabulary, beta):
    """The same with fractions, rounded once at the end."""
    row, exact = counts.get(context, {}), Fraction(beta)
    total = sum(row.values()) + exact * len(vocabulary)
    return {x: float((row.get(x, 0) + exact) / total) for x in vocabulary}
