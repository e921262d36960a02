# verdict: wrong
# what: the lengths of the single lists are added up, which is not the length of all numbers together.
# diagnosis: Lengths do not add up, squares do: add all squares of all lists, and take the root once at the end.
# told: mistake lengths_added_up
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    def length_of(v):
        return math.sqrt(sum(a**2 for a in v))

    total = sum(length_of(v) for v in gradients.values())
    if total > max_norm:
        return {k: [a * (max_norm / total) for a in v] for k, v in gradients.items()}
    return {k: v[:] for k, v in gradients.items()}
