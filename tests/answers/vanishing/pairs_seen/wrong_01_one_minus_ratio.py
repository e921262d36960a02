# verdict: wrong
# what: Gives 1 - distance / window, which is right only if the windows fill the sequence and pairs at its end are counted.
# diagnosis: A share of pairs of this sequence is wanted: count the pairs in each window, the last one too, and divide by all pairs.
# told: mistake as_for_a_long_sequence
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    return max(0.0, 1 - distance / window)
