# verdict: right
# what: recursion over the rows, and a product of long rows [1, h, x] made by chaining iterators.
# diagnosis: none
import itertools
import math
import operator


def _rows(rows, numbers):
    if not rows:
        return []
    if len(rows) == 1:
        return [math.tanh(math.fsum(map(operator.mul, rows[0], numbers)))]
    half = len(rows) // 2
    return _rows(rows[:half], numbers) + _rows(rows[half:], numbers)


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    numbers = list(itertools.chain((1,), h, x))
    rows = [(push, *w, *u) for push, w, u in zip(b, W, U)]
    return _rows(rows, numbers)
