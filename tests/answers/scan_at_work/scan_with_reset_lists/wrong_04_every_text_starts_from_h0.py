# verdict: wrong
# what: Cuts the row into texts and starts each of them from h0.
# diagnosis: Only the beginning of the row knows h0; a text that begins at a reset starts from zero.
# told: mistake back_to_h0
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    cuts = [t for t in range(len(b)) if reset[t] or t == 0] + [len(b)]
    h = []
    for begin, end in zip(cuts, cuts[1:]):
        h += _scan(a[begin:end], b[begin:end], h0)
    return h
