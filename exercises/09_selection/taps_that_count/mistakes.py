"""What goes wrong when one sets a layer by hand, and other ways to do it."""


def _set(lag, value, key, query, keep, bias):
    rows = [[int(k == back) for k in range(lag + 1)] for back in (value, key, query)]
    return (*rows, keep, bias)


def key_is_the_value(lag, n_symbols, beta):
    """Your key is the symbol that comes, so each symbol is filed under itself. File it under the symbol
    `lag` steps before it."""
    return _set(lag, 0, 0, lag - 1, 1.0, beta)


def query_as_far_back_as_the_key(lag, n_symbols, beta):
    """Your query is as far back as your key. The key belongs to the symbol that has come, the query to
    the one that comes next, and the next one is one step later."""
    return _set(lag, 0, lag, lag, 1.0, beta)


def bias_times_symbols(lag, n_symbols, beta):
    """You add S times beta to each count. Each count gets beta; that their sum gets S times as much comes
    by itself."""
    return _set(lag, 0, lag, lag - 1, 1.0, n_symbols * beta)


def right_by_slices(lag, n_symbols, beta):
    """Lists put together."""
    zeros = [0] * lag
    return [1, *zeros], [*zeros, 1], [*zeros[1:], 1, 0], 1, beta


def right_floats(lag, n_symbols, beta):
    """Taps as floats, as a list of lists."""
    value, key, query = ([0.0] * (lag + 1) for _ in range(3))
    value[0] = key[-1] = query[-2] = 1.0
    return [value, key, query, 1.0, float(beta)]
