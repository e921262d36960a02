# verdict: wrong
# what: Leaves out the last, shorter window.
# diagnosis: The last window has what is left, and pairs in it are seen, too.
# told: mistake last_window_left_out
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    seen = (seq_len // window) * max(0, window - distance)
    return seen / (seq_len - distance)
