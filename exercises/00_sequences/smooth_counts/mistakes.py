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


def beta_only_for_unseen_symbols(counts, context, vocabulary, beta):
    """You give beta only to the symbols that were never seen here. Each symbol was "seen" beta times
    more, the ones that really came, too: add beta to every count."""
    row = counts.get(context, {})
    weights = {x: row.get(x) or beta for x in vocabulary}
    return {x: weight / sum(weights.values()) for x, weight in weights.items()}


def beta_only_for_unseen_symbols_above(counts, context, vocabulary, beta):
    """Above the line you give beta only to the symbols that were never seen here. Each symbol was "seen" beta
    times more, the ones that really came, too: add beta to every count."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x) or beta) / total for x in vocabulary}


def total_of_a_column(counts, context, vocabulary, beta):
    """You take n(c) to be how often the context came after something, the sum of a column of the table.
    n(c) is how often it came before something: the sum of its own row."""
    row = counts.get(context, {})
    total = sum(other.get(context, 0) for other in counts.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def total_of_the_symbol(counts, context, vocabulary, beta):
    """Below the line you count how often the symbol x came, after whatever context. n(c) belongs to the
    context and is the same for every symbol: the sum of its row."""
    row = counts.get(context, {})
    n = {x: sum(other.get(x, 0) for other in counts.values()) for x in vocabulary}
    return {x: (row.get(x, 0) + beta) / (n[x] + beta * len(vocabulary)) for x in vocabulary}


def one_instead_of_beta(counts, context, vocabulary, beta):
    """You add 1 to every count, whatever beta is. Use the beta that you are given, above the line and
    below."""
    row = counts.get(context, {})
    total = sum(row.values()) + len(vocabulary)
    return {x: (row.get(x, 0) + 1) / total for x in vocabulary}


def beta_forgotten_before_the_number_of_symbols(counts, context, vocabulary, beta):
    """Below the line you add V, where the formula has beta times V. Each of the V symbols was "seen" beta
    times more."""
    row = counts.get(context, {})
    total = sum(row.values()) + len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def one_instead_of_beta_above(counts, context, vocabulary, beta):
    """Above the line you add 1, where the formula has beta. Below the line you have beta times V, so your
    probabilities do not add up to 1."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + 1) / total for x in vocabulary}


def number_of_rows_for_vocabulary(counts, context, vocabulary, beta):
    """You take V to be the number of contexts in the table. V is the number of symbols in the vocabulary."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(counts)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def number_of_unseen_symbols_for_vocabulary(counts, context, vocabulary, beta):
    """You take V to be the number of symbols that were not seen after this context. V is the number of all
    symbols, seen or not."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * sum(x not in row for x in vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def kinds_counted_not_occurrences(counts, context, vocabulary, beta):
    """You take n(c) to be the number of different symbols in the row. n(c) counts every occurrence: add
    up the numbers of the row."""
    row = counts.get(context, {})
    total = len(row) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def largest_count_for_total(counts, context, vocabulary, beta):
    """You take n(c) to be the largest count of the row. n(c) is their sum."""
    row = counts.get(context, {})
    total = max(row.values(), default=0) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def counts_not_divided(counts, context, vocabulary, beta):
    """You add beta to the counts, but do not divide. Probabilities add up to 1: divide each by n(c) +
    beta V."""
    row = counts.get(context, {})
    return {x: float(row.get(x, 0) + beta) for x in vocabulary}


def beta_added_after_dividing(counts, context, vocabulary, beta):
    """You divide first and add beta to the quotient. The formula adds beta to the count and divides then:
    look at the brackets."""
    row = counts.get(context, {})
    total = max(sum(row.values()), 1) + beta * len(vocabulary)
    return {x: row.get(x, 0) / total + beta for x in vocabulary}


def brackets_missing_below(counts, context, vocabulary, beta):
    """You add beta V to the quotient instead of to n(c): everything below the line stands in one pair of
    brackets."""
    row = counts.get(context, {})
    total = max(sum(row.values()), 1)
    return {x: (row.get(x, 0) + beta) / total + beta * len(vocabulary) for x in vocabulary}


def beta_divided_alone(counts, context, vocabulary, beta):
    """You divide only beta, and the count stays whole. Both stand above the line: put brackets around the
    sum."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: row.get(x, 0) + beta / total for x in vocabulary}


def context_ignored(counts, context, vocabulary, beta):
    """You count how often each symbol came after anything. Only what came after this context matters: one
    row of the table."""
    row = {x: sum(other.get(x, 0) for other in counts.values()) for x in vocabulary}
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def always_the_even_guess(counts, context, vocabulary, beta):
    """You give every symbol the same probability, as if nothing had been counted after this context. That is
    right only for a context that was never seen."""
    return dict.fromkeys(vocabulary, 1 / len(vocabulary))


def unseen_context_gets_nothing(counts, context, vocabulary, beta):
    """After a context that was never seen you return an empty dictionary, but something must come next. Every
    symbol of the vocabulary gets 1 / V then."""
    row = counts.get(context)
    if not row:
        return {}
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def unseen_context_gets_beta(counts, context, vocabulary, beta):
    """After a context that was never seen you give every symbol beta, but probabilities add up to 1. Every
    symbol gets 1 / V then."""
    row = counts.get(context)
    if not row:
        return dict.fromkeys(vocabulary, float(beta))
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def unseen_context_gets_ones(counts, context, vocabulary, beta):
    """After a context that was never seen you give every symbol probability 1, but probabilities add up to 1.
    Every symbol gets 1 / V then."""
    row = counts.get(context)
    if not row:
        return dict.fromkeys(vocabulary, 1.0)
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}


def symbols_of_the_table_only(counts, context, vocabulary, beta):
    """You give probabilities only to symbols that occur somewhere in the table. The vocabulary may hold more:
    go through it."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    known = {*counts, *(x for other in counts.values() for x in other)}
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary if x in known}


def whole_division(counts, context, vocabulary, beta):
    """You divide with //, which drops what is behind the point. Probabilities lie between 0 and 1: use /."""
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: float((row.get(x, 0) + beta) // total) for x in vocabulary}


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
