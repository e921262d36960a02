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


def key_as_near_as_the_query(lag, n_symbols, beta):
    """Your key is only `lag` - 1 steps back, as the query is. The query looks for the symbol to come,
    which is one step later; the key belongs to the one that has come, and is `lag` steps back."""
    return _set(lag, 0, lag - 1, lag - 1, 1.0, beta)


def bias_shared_out(lag, n_symbols, beta):
    """You divide beta by the number of symbols. Each count gets a whole beta, and that their sum gets S
    times as much comes by itself."""
    return _set(lag, 0, lag, lag - 1, 1.0, beta / n_symbols)


def counts_fade(lag, n_symbols, beta):
    """Your keep is below 1, so that the counts fade. An old pair counts as much as a new one: keep
    all."""
    return _set(lag, 0, lag, lag - 1, 0.99, beta)


def oldest_first(lag, n_symbols, beta):
    """Your taps stand in the wrong order. The first one is for the step itself, and each further one is a
    step farther back."""
    return _set(lag, lag, 0, 1, 1.0, beta)


def value_and_key_swapped(lag, n_symbols, beta):
    """You swap value and key: each symbol is filed under the one that came after it. The value is the
    symbol that has just come, and the key is the one it is found under."""
    return _set(lag, lag, 0, lag - 1, 1.0, beta)


def all_taps_on(lag, n_symbols, beta):
    """You set several taps of the key and of the query to 1. Then pairs at all these distances are
    counted together; only the symbol exactly `lag` steps back counts."""
    return [1, *[0] * lag], [0, *[1] * lag], [*[1] * lag, 0], 1.0, beta


def always_the_newest(lag, n_symbols, beta):
    """You count what followed the newest symbol, whatever `lag` is. Key and query have to move back with
    `lag`."""
    return _set(lag, 0, 1, 0, 1.0, beta)


def query_is_the_newest(lag, n_symbols, beta):
    """Your key is right, but you always ask under the newest symbol. The symbol that will stand `lag`
    steps before the next one is `lag` - 1 steps back from now."""
    return _set(lag, 0, lag, 0, 1.0, beta)


def bias_of_one(lag, n_symbols, beta):
    """You add 1 to each count. How much is added is what beta says."""
    return _set(lag, 0, lag, lag - 1, 1.0, 1.0)


def no_bias(lag, n_symbols, beta):
    """You add nothing to the counts, so that what has not come yet is impossible. Each count gets
    beta."""
    return _set(lag, 0, lag, lag - 1, 1.0, 0.0)


def forgets_at_once(lag, n_symbols, beta):
    """Your keep is 0, so that each step wipes out what was counted before. To count, keep all."""
    return _set(lag, 0, lag, lag - 1, 0.0, beta)


def value_one_back(lag, n_symbols, beta):
    """Your value is one step back. It is the symbol that has just come."""
    return _set(lag, 1, lag, lag - 1, 1.0, beta)


def right_by_slices(lag, n_symbols, beta):
    """Lists put together."""
    zeros = [0] * lag
    return [1, *zeros], [*zeros, 1], [*zeros[1:], 1, 0], 1, beta


def right_floats(lag, n_symbols, beta):
    """Taps as floats, as a list of lists."""
    value, key, query = ([0.0] * (lag + 1) for _ in range(3))
    value[0] = key[-1] = query[-2] = 1.0
    return [value, key, query, 1.0, float(beta)]
