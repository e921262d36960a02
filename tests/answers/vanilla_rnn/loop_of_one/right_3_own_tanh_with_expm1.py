# verdict: right
# what: a tanh of one's own from expm1 of a negative number, which cannot overflow, inside a callable object; prints a line as well.
# diagnosis: none
import math


class Cell:
    def __init__(self, w, state):
        self.w = w
        self.state = state

    def __call__(self, value):
        z = self.w * self.state + value
        e = math.expm1(-2.0 * abs(z))  # from -1 to 0
        self.state = math.copysign(-e / (e + 2.0), z)
        return self.state


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    cell = Cell(w, h0)
    answer = list(map(cell, x))
    print("read", len(answer), "numbers")
    return answer
