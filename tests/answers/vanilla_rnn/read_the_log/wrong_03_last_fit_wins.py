# verdict: wrong
# what: Lets each fault that shows overwrite the one before, so that the last name that fits is returned.
# diagnosis: If several faults show, the first one in the table is asked for; return as soon as one fits.
# told: mistake from_the_bottom
"""Tell from the log of a training what was forgotten."""

import math


def read_the_log(V: int, losses: list[float], norms: list[float], by_place: list[float]) -> str:
    """The first fault that the log shows: "start", "copies", "explodes", "forgets", or "fine" if it shows none.

    V: how many symbols there are. losses: the loss at each step. norms: the length of each step's gradient; an odd
    number of them. by_place: the price of a guess after 1, 2, 3, ... symbols were read.
    """
    answer = "fine"
    if abs(losses[0] - math.log(V)) > 1:
        answer = "start"
    if losses[-1] < 0.1:
        answer = "copies"
    if max(norms) > 20 * sorted(norms)[len(norms) // 2]:
        answer = "explodes"
    if by_place[0] - by_place[-1] < 0.2:
        answer = "forgets"
    return answer
