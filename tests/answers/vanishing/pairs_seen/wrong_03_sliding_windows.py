# verdict: wrong
# what: Thinks that every step sees the window of steps before it.
# diagnosis: The windows do not slide: they stand one behind the other, and a border cuts.
# told: mistake all_up_to_the_window
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    return 1.0 if distance < window else 0.0
