# verdict: wrong
# what: Two errors: a reset is taken to be a decay of 1, and it is put at the step after the text begins.
# diagnosis: A decay of 1 keeps the whole state and 0 drops it, and it is the step at which the text begins that must drop it.
# told: mistake decay_of_one_and_late
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    was_reset = [False] + list(reset[:-1])
    fresh = []
    for decay, r in zip(a, was_reset):
        if r:
            fresh.append(1.0)
        else:
            fresh.append(decay)
    return _scan(fresh, b, h0)
