"""What is believed of a window."""


def all_up_to_the_window(seq_len, window, distance):
    """You let a window see every pair that is short enough to fit into it. It must also lie in it: a pair
    that crosses a border is not seen, however short it is."""
    return 1.0 if distance < window else 0.0


def as_for_a_long_sequence(seq_len, window, distance):
    """You return the share for a sequence without end. Here the number of pairs is finite, and the last
    window may be shorter: count both."""
    return max(0.0, 1 - distance / window)


def divided_by_the_steps(seq_len, window, distance):
    """You divide by the number of steps. There are fewer pairs than steps, because the last steps have no
    partner."""
    full, rest = divmod(seq_len, window)
    return (full * max(0, window - distance) + max(0, rest - distance)) / seq_len


def _share(seq_len, window, distance, full, rest, pairs=None):
    return (full * max(0, window - distance) + rest) / (seq_len - distance if pairs is None else pairs)


def last_window_left_out(seq_len, window, distance):
    """You leave out the last window, which may be shorter. Pairs that fit into it are seen as well."""
    return _share(seq_len, window, distance, seq_len // window, 0)


def last_window_full(seq_len, window, distance):
    """You count the last window as if it were full. It has only the steps that are left, so it holds fewer
    pairs, or none."""
    return min(1.0, _share(seq_len, window, distance, -(-seq_len // window), 0))


def negative_pairs(seq_len, window, distance):
    """You count a negative number of pairs in a window that is too short for one. It holds none."""
    full, rest = divmod(seq_len, window)
    return max(0.0, _share(seq_len, window, distance, full, rest - distance))


def negative_share(seq_len, window, distance):
    """You let windows count that are too short for a pair, with a negative number of pairs. Such a window
    holds none."""
    full, rest = divmod(seq_len, window)
    return _share(seq_len, window, distance, 0, full * (window - distance) + rest - distance)


def one_pair_too_many(seq_len, window, distance):
    """You count one pair too many in each window, as one does with posts and fences. In 4 steps there are 2
    pairs of the distance 2."""
    full, rest = divmod(seq_len, window)
    seen = full * max(0, window - distance + 1) + max(0, rest - distance + 1)
    return min(1.0, seen / (seq_len - distance + 1))


def one_pair_too_few(seq_len, window, distance):
    """You count one pair too few in each window. In 4 steps there are 2 pairs of the distance 2."""
    full, rest = divmod(seq_len, window)
    return (full * max(0, window - distance - 1) + max(0, rest - distance - 1)) / (seq_len - distance)


def all_pairs_up_to_the_distance(seq_len, window, distance):
    """You count all pairs with at most that distance. Only those with exactly that distance are asked for."""
    full, rest = divmod(seq_len, window)
    seen = sum(full * max(0, window - d) + max(0, rest - d) for d in range(min(distance, 5000) + 1))
    return seen / sum(seq_len - d for d in range(min(distance, 5000) + 1))


def share_that_is_cut(seq_len, window, distance):
    """You return the share of pairs that a border cuts. The share that is seen is what is left of 1."""
    full, rest = divmod(seq_len, window)
    return 1 - _share(seq_len, window, distance, full, max(0, rest - distance))


def windows_for_pairs(seq_len, window, distance):
    """You count windows that are long enough. One that is just long enough holds a single pair: count
    pairs."""
    full, rest = divmod(seq_len, window)
    return (full * (window > distance) + (rest > distance)) / (full + (rest > 0))


def right_every_pair(seq_len, window, distance):
    """Looks at every pair."""
    starts = range(seq_len - distance)
    return sum(1 for s in starts if s // window == (s + distance) // window) / len(starts)


def right_remainder(seq_len, window, distance):
    """A pair stays within its window if its first step is early enough in it."""
    early = sum(s % window + distance < window for s in range(seq_len - distance))
    return float(early) / float(seq_len - distance)
