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


def right_every_pair(seq_len, window, distance):
    """Looks at every pair."""
    starts = range(seq_len - distance)
    return sum(1 for s in starts if s // window == (s + distance) // window) / len(starts)


def right_remainder(seq_len, window, distance):
    """A pair stays within its window if its first step is early enough in it."""
    early = sum(s % window + distance < window for s in range(seq_len - distance))
    return float(early) / float(seq_len - distance)
