# verdict: wrong
# what: max_norm / length is computed before the test, which raises ZeroDivisionError when all numbers are 0.
# diagnosis: All numbers may be 0: look whether the length is greater than max_norm, and only then divide.
# told: look before you divide
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    length = math.sqrt(sum([sum([v**2 for v in row]) for row in gradients.values()]))
    factor = max_norm / length
    if factor > 1:
        factor = 1
    return {name: [v * factor for v in row] for name, row in gradients.items()}
