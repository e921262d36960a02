# verdict: wrong
# what: every number is cut off at plus or minus max_norm instead of multiplying all by one factor.
# diagnosis: Cutting numbers off turns the arrow; the statement asks for one factor for all numbers.
# told: mistake each_number_by_itself
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    def cut(v):
        if v > max_norm:
            return max_norm
        if v < -max_norm:
            return -max_norm
        return v

    return {name: [cut(v) for v in values] for name, values in gradients.items()}
