# verdict: wrong
# what: the values of the new dictionary are map objects, not lists, when the arrow is shortened.
# diagnosis: map only promises the numbers; wrap it in list(...) so that each name has a list.
# told: is no list, but of the type map
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    length = math.sqrt(sum(sum(map(lambda v: v * v, g)) for g in gradients.values()))
    if length <= max_norm:
        return {name: list(g) for name, g in gradients.items()}
    shorten = lambda v: v * max_norm / length
    return {name: map(shorten, g) for name, g in gradients.items()}
