"""Which pairs of steps a truncated walk back sees."""


def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    # BEGIN SOLUTION
    full, rest = divmod(seq_len, window)
    seen = full * max(0, window - distance) + max(0, rest - distance)
    return seen / (seq_len - distance)
    # END SOLUTION
