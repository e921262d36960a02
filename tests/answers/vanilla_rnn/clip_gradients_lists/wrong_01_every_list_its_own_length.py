# verdict: wrong
# what: each list is measured and shortened on its own, so the arrow is turned and the total length is not max_norm.
# diagnosis: All lists together are one arrow: compute one length over all numbers, and use the same factor everywhere.
# told: mistake each_list_by_itself
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    new = {}
    for name, numbers in gradients.items():
        length = math.sqrt(sum(n * n for n in numbers))
        if length > max_norm:
            new[name] = [n * max_norm / length for n in numbers]
        else:
            new[name] = list(numbers)
    return new
