# verdict: wrong
# what: Sets the input to zero at a reset and leaves the decay, so the old state leaks and the new input is lost.
# diagnosis: It is the old state that must go, and its factor is a[t]; the input b[t] counts.
# told: mistake input_dropped_state_kept
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    masked = [0 if r else x for x, r in zip(b, reset)]
    return _scan(a, masked, h0)
