# verdict: wrong
# what: Treats a step with decay zero as a step that is not there, so its input and its forgetting are lost.
# diagnosis: A decay of zero is a real step: it drops the old state and leaves its own input, so nothing special must be done for it.
# told: mistake zero_decay_skipped
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    a1, b1 = first
    a2, b2 = then
    if not a1:
        return then
    if not a2:
        return first
    return (a1 * a2, b1 * a2 + b2)
