# verdict: wrong
# what: The state after a reset step is zero, as if the step itself did not take place.
# diagnosis: The state is dropped before the step, and then the step takes place from zero: h[t] is b[t] there, not 0.
# told: mistake input_dropped_too
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    h = []
    state = h0
    for decay, inp, new_text in zip(a, b, reset):
        state = 0.0 if new_text else decay * state + inp
        h.append(state)
    return h
