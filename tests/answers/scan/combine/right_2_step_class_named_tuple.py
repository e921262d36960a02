# verdict: right
# what: A NamedTuple class with a __call__ does the work, and such a named tuple is returned.
# diagnosis: none
from typing import NamedTuple


class Step(NamedTuple):
    a: float
    b: float

    def __call__(self, h):
        return self.a * h + self.b

    def after(self, earlier):
        # where the earlier step puts its input, this step takes it on
        return Step(self.a * earlier.a, self(earlier.b))


def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    return Step(*then).after(Step(*first))
