# verdict: right
# what: Finds the median by recursion around a pivot, and the first fault as the place of the first True in a numpy array.
# diagnosis: None: it is right.
"""Tell from the log of a training what was forgotten."""

import math

import numpy as np


def pick(values, place):
    """The number at this place among the sorted values."""
    pivot = values[len(values) // 2]
    smaller = [v for v in values if v < pivot]
    equal = [v for v in values if v == pivot]
    if place < len(smaller):
        return pick(smaller, place)
    if place < len(smaller) + len(equal):
        return pivot
    return pick([v for v in values if v > pivot], place - len(smaller) - len(equal))


def read_the_log(V: int, losses: list[float], norms: list[float], by_place: list[float]) -> str:
    """The first fault that the log shows: "start", "copies", "explodes", "forgets", or "fine" if it shows none.

    V: how many symbols there are. losses: the loss at each step. norms: the length of each step's gradient; an odd
    number of them. by_place: the price of a guess after 1, 2, 3, ... symbols were read.
    """
    faults = np.array([
        abs(losses[0] - np.log(V)) > 1,
        losses[-1] < 0.1,
        max(norms) > 20 * pick(norms, len(norms) // 2),
        by_place[0] - by_place[-1] < 0.2,
        True,
    ])
    return ["start", "copies", "explodes", "forgets", "fine"][int(faults.argmax())]
