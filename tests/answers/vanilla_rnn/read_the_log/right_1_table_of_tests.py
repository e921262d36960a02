# verdict: right
# what: Writes the faults as a table of names and tests that are only tried when needed, and finds the median with heapq.
# diagnosis: None: it is right.
"""Tell from the log of a training what was forgotten."""

import heapq
import math


def read_the_log(V: int, losses: list[float], norms: list[float], by_place: list[float]) -> str:
    """The first fault that the log shows: "start", "copies", "explodes", "forgets", or "fine" if it shows none.

    V: how many symbols there are. losses: the loss at each step. norms: the length of each step's gradient; an odd
    number of them. by_place: the price of a guess after 1, 2, 3, ... symbols were read.
    """
    def middle():
        return heapq.nlargest(len(norms) // 2 + 1, norms)[-1]

    tests = (
        ("start", lambda: not -1 <= losses[0] - math.log(V) <= 1),
        ("copies", lambda: losses[-1] < 0.1),
        ("explodes", lambda: max(norms) > 20 * middle()),
        ("forgets", lambda: by_place[-1] > by_place[0] - 0.2),
    )
    return next((name for name, test in tests if test()), "fine")
