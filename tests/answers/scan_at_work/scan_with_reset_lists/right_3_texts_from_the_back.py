# verdict: right
# what: Finds the texts from the back of the row, scans each from zero, and puts them together in the end.
# diagnosis: none
def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


class Row:
    def __init__(self, a, b):
        self.a, self.b = tuple(a), tuple(b)
        self.end = len(self.b)
        self.parts = []

    def cut(self, at, start):
        self.parts.append(_scan(self.a[at : self.end], self.b[at : self.end], start))
        self.end = at


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    row = Row(a, b)
    for t in range(len(reset) - 1, -1, -1):
        if reset[t]:
            row.cut(t, 0)
    row.cut(0, h0)
    return [s for part in reversed(row.parts) for s in part]
