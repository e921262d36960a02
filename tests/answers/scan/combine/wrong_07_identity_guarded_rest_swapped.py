# verdict: wrong
# what: Handles the do-nothing step (1, 0) by special cases, and for all other pairs has the order the wrong way round.
# diagnosis: Your special cases hide it, but for ordinary pairs you apply `then` first; test with two steps that both do something.
# told: mistake order_reversed
IDENTITY = (1, 0)


def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    if tuple(first) == IDENTITY:
        return then
    if tuple(then) == IDENTITY:
        return first
    a_x, b_x = first
    a_y, b_y = then
    # h -> a_x * (a_y * h + b_y) + b_x
    return a_x * a_y, a_x * b_y + b_x
