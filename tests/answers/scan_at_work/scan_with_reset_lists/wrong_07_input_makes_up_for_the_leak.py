# verdict: wrong
# what: Keeps the decay and hands the scan an input from which the leaking state is subtracted, which loses digits when the old state is big.
# diagnosis: Adding the old state and subtracting it again leaves rounding errors; a decay of exactly zero drops it cleanly.
# told: mistake leak_subtracted
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    new_b = []
    state = h0
    for t in range(len(b)):
        leak = a[t] * state
        new_b.append(b[t] - leak if reset[t] else b[t])
        state = leak + new_b[t]
    return _scan(a, new_b, h0)
