# verdict: wrong
# what: The first step is computed apart and always uses h0, even when a text begins there.
# diagnosis: reset[0] may be True, and then the state before the first step, h0, is dropped as well.
# told: mistake first_step_left_out
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    if len(b) == 0:
        return []
    h = [a[0] * h0 + b[0]]
    for t in range(1, len(b)):
        if reset[t]:
            h.append(b[t])
        else:
            h.append(a[t] * h[t - 1] + b[t])
    return h
