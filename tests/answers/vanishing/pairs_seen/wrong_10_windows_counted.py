# verdict: wrong
# what: Gives the share of windows that are long enough.
# diagnosis: Count pairs, not windows: a window that is just long enough holds one pair only.
# told: mistake windows_for_pairs
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    sizes = [min(window, seq_len - s) for s in range(0, seq_len, window)]
    return sum(size > distance for size in sizes) / len(sizes)
