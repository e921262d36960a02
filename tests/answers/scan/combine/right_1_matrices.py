# verdict: right
# what: Multiplies two by two matrices with numpy and returns numpy scalars.
# diagnosis: none
import math
import numpy as np


def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    def matrix(pair):
        return np.array([[pair[0], pair[1]], [0.0, 1.0]])

    both = matrix(then) @ matrix(first)
    return both[0, 0], both[0, 1]
