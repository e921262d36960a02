# verdict: wrong
# what: Thinks that a second name makes a copy, and so writes the zeros into the caller's list a.
# diagnosis: `decays = a` is only a second name for the same list; write list(a), or the caller's decays are changed.
# told: in place
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    decays = a
    for t, r in enumerate(reset):
        if r:
            decays[t] = 0
    return _scan(decays, b, h0)
