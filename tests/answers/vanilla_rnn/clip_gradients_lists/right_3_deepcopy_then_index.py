# verdict: right
# what: a deep copy is made first, and only the copy is written over, number by number; the squares are summed with math.fsum.
# diagnosis: none
import copy
import math


class Arrow:
    def __init__(self, parts):
        self.parts = copy.deepcopy(parts)

    def length(self):
        return math.fsum(v**2 for part in self.parts.values() for v in part) ** 0.5

    def scale(self, num, den):
        for part in self.parts.values():
            i = 0
            while i < len(part):
                part[i] = part[i] * (num / den)
                i += 1


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    arrow = Arrow(dict(gradients))
    size = arrow.length()
    if size > max_norm:
        arrow.scale(max_norm, size)
    return arrow.parts
