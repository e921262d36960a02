# verdict: wrong
# what: Lets a window that is shorter than the distance count negative pairs.
# diagnosis: A window shorter than the distance holds no pair, not a negative number of them.
# told: mistake negative_pairs
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    full, rest = divmod(seq_len, window)
    seen = full * max(0, window - distance) + (rest - distance)
    return max(0.0, seen / (seq_len - distance))
