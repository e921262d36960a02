# verdict: wrong
# what: Collects the texts in a loop and scans each when the next one begins, so the last text is never scanned.
# diagnosis: A text is scanned only when another begins; after the loop the last one is still waiting, so scan it too.
# told: mistake last_text_missing
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    if not any(reset):
        return _scan(a, b, h0)
    h = []
    start_state = h0
    text_a, text_b = [], []
    for x, y, r in zip(a, b, reset):
        if r:
            h.extend(_scan(text_a, text_b, start_state))
            start_state = 0
            text_a, text_b = [], []
        text_a.append(x)
        text_b.append(y)
    return h
