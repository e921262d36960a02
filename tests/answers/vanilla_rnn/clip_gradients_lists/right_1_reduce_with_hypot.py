# verdict: right
# what: functools.reduce with math.hypot folds all numbers to the length, one after the other.
# diagnosis: none
import functools
import itertools
import math
import random


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    length = functools.reduce(math.hypot, itertools.chain(*gradients.values()), 0.0)
    factor = max_norm / length if length > max_norm else None
    return dict(zip(gradients, ([v if factor is None else v * factor for v in g] for g in gradients.values())))
