# verdict: wrong
# what: Takes the last window to be full.
# diagnosis: The last window may be shorter, so it holds fewer pairs.
# told: mistake last_window_full
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    windows = -(-seq_len // window)
    return min(1.0, windows * max(0, window - distance) / (seq_len - distance))
