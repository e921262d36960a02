# verdict: right
# what: Never computes the median: counts how many gradients are shorter than a twentieth of the longest; and compares the start in numbers of symbols instead of logarithms.
# diagnosis: None: it is right.
"""Tell from the log of a training what was forgotten."""

import math


def read_the_log(V: int, losses: list[float], norms: list[float], by_place: list[float]) -> str:
    """The first fault that the log shows: "start", "copies", "explodes", "forgets", or "fine" if it shows none.

    V: how many symbols there are. losses: the loss at each step. norms: the length of each step's gradient; an odd
    number of them. by_place: the price of a guess after 1, 2, 3, ... symbols were read.
    """
    if not V / math.e <= math.exp(min(losses[0], 700.0)) <= V * math.e:
        return "start"
    *_, last = losses
    if last < 0.1:
        return "copies"
    longest = max(norms)
    short = sum(1 for norm in norms if 20 * norm < longest)
    if 2 * short > len(norms):
        return "explodes"
    *_, end = by_place
    return "fine" if end + 0.2 <= by_place[0] else "forgets"
