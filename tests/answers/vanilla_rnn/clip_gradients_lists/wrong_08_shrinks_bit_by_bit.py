# verdict: wrong
# what: all numbers are multiplied by 0.99 until the arrow is short enough, so its length ends somewhere below max_norm.
# diagnosis: Do not search for the factor, compute it: max_norm / length makes the length max_norm in one step.
# told: mistake small_steps
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    current = {name: list(values) for name, values in gradients.items()}

    def length():
        return math.sqrt(sum(v * v for values in current.values() for v in values))

    while length() > max_norm:
        for name in current:
            current[name] = [0.99 * v for v in current[name]]
    return current
