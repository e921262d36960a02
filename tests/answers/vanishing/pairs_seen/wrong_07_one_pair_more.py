# verdict: wrong
# what: Counts window - distance + 1 pairs in a window.
# diagnosis: From step 0 on the last pair of a window begins at window - 1 - distance: that makes window - distance pairs.
# told: mistake one_pair_too_many
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    full, rest = divmod(seq_len, window)
    seen = full * max(0, window - distance + 1) + max(0, rest - distance + 1)
    return min(1.0, seen / (seq_len - distance + 1))
