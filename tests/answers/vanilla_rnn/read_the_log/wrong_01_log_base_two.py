# verdict: wrong
# what: Takes the logarithm to base 2 of V.
# diagnosis: The losses are in nats, so log V is the natural logarithm, math.log(V).
# told: mistake log_to_base_two
"""Tell from the log of a training what was forgotten."""

import math


def read_the_log(V: int, losses: list[float], norms: list[float], by_place: list[float]) -> str:
    """The first fault that the log shows: "start", "copies", "explodes", "forgets", or "fine" if it shows none.

    V: how many symbols there are. losses: the loss at each step. norms: the length of each step's gradient; an odd
    number of them. by_place: the price of a guess after 1, 2, 3, ... symbols were read.
    """
    if abs(losses[0] - math.log2(V)) > 1:
        return "start"
    if losses[-1] < 0.1:
        return "copies"
    median = sorted(norms)[len(norms) // 2]
    if max(norms) > 20 * median:
        return "explodes"
    if by_place[0] - by_place[-1] < 0.2:
        return "forgets"
    return "fine"
