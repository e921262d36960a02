# verdict: wrong
# what: Counts all pairs with at most that distance.
# diagnosis: Only pairs with exactly that distance are looked at.
# told: mistake all_pairs_up_to_the_distance
def pairs_seen(seq_len: int, window: int, distance: int) -> float:
    """The share of all pairs of steps with that distance of which both lie in the same window.

    Args:
        seq_len: the steps of the sequence, at least 1.
        window: the steps of a window; the last one may be shorter.
        distance: from the earlier step of a pair to the later one, 0 to seq_len - 1.
    """
    seen = total = 0
    full, rest = divmod(seq_len, window)
    for d in range(min(distance, 2000) + 1):
        seen += full * max(0, window - d) + max(0, rest - d)
        total += seq_len - d
    return seen / total
