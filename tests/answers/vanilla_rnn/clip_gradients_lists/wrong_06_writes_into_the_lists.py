# verdict: wrong
# what: dict(gradients) is taken for a full copy, and then the lists of the caller are written over.
# diagnosis: A copied dictionary still holds the same lists; make a new list for every name.
# told: in place
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    result = dict(gradients)
    length = math.sqrt(sum(v * v for values in result.values() for v in values))
    if length > max_norm:
        for values in result.values():
            for i in range(len(values)):
                values[i] = values[i] * (max_norm / length)
    return result
