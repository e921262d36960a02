# verdict: wrong
# what: Divides by the number of steps instead of by the number of pairs.
# diagnosis: There are seq_len - distance pairs with that distance.
# told: mistake divided_by_the_steps
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    seen = sum(max(0, min(window, seq_len - s) - distance) for s in range(0, seq_len, window))
    return seen / seq_len
