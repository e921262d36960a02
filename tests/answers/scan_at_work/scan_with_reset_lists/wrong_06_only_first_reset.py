# verdict: wrong
# what: Looks for the first reset with list.index after a guard for rows without one, and misses all later resets.
# diagnosis: More than one text may begin in a row; index(True) finds only the first, so go through the whole list.
# told: mistake only_first_reset
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    if True not in reset:
        return _scan(a, b, h0)
    cut = reset.index(True)
    head = _scan(a[:cut], b[:cut], h0)
    tail = _scan(a[cut:], b[cut:], 0)
    return head + tail
