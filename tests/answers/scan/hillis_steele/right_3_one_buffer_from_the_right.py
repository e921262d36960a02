# verdict: right
# what: Works in place in one private buffer from right to left, with a small class that overloads an operator.
# diagnosis: none
class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __rshift__(self, later):
        """self first, then later"""
        return Pair(later.a * self.a, later.a * self.b + later.b)


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    workers = [Pair(x, y) for x, y in zip(a, b)]
    rows = []

    def snapshot():
        rows.append([w.b for w in workers])

    snapshot()
    d = 1
    while d < len(workers):
        for t in reversed(range(d, len(workers))):
            workers[t] = workers[t - d] >> workers[t]
        snapshot()
        d *= 2
    return rows
