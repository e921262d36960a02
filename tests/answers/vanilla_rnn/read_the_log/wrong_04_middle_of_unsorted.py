# verdict: wrong
# what: Takes the norm in the middle of the training for the median, without sorting.
# diagnosis: The median is the middle one only after the numbers are sorted by size.
# told: mistake middle_without_sorting
"""Tell from the log of a training what was forgotten."""

import math


def read_the_log(V: int, losses: list[float], norms: list[float], by_place: list[float]) -> str:
    """The first fault that the log shows: "start", "copies", "explodes", "forgets", or "fine" if it shows none.

    V: how many symbols there are. losses: the loss at each step. norms: the length of each step's gradient; an odd
    number of them. by_place: the price of a guess after 1, 2, 3, ... symbols were read.
    """
    if abs(losses[0] - math.log(V)) > 1:
        return "start"
    if losses[-1] < 0.1:
        return "copies"
    median = norms[len(norms) // 2]
    if max(norms) > 20 * median:
        return "explodes"
    if by_place[0] - by_place[-1] < 0.2:
        return "forgets"
    return "fine"
