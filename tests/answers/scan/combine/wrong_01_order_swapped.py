# verdict: wrong
# what: Takes the two steps in the wrong order, so the earlier decay is applied to the later input.
# diagnosis: You let `then` act before `first`; the earlier input is what passes through the later decay.
# told: mistake order_reversed
"""Two steps of a linear recurrence are one step."""


def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    a1, b1 = first
    a2, b2 = then
    return (a1 * a2, a1 * b2 + b1)
