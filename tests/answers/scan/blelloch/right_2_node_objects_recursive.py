# verdict: right
# what: Builds real node objects by recursion and fills the rows by a depth-first walk.
# diagnosis: none
import sys


class Node:
    def __init__(self, a, b, left=None, right=None):
        self.a = a
        self.b = b
        self.left = left
        self.right = right

    def end(self, s):
        return self.a * s + self.b


def _build(a, b, lo, hi):
    if hi - lo == 1:
        return Node(a[lo], b[lo])
    mid = (lo + hi) // 2
    l, r = _build(a, b, lo, mid), _build(a, b, mid, hi)
    return Node(l.a * r.a, r.end(l.b), l, r)


def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    rows: list[list[float]] = [[] for _ in range(len(a).bit_length())]
    h: list[float] = []

    def walk(node, s, depth):
        rows[depth].append(s)
        if node.left is None:
            h.append(node.end(s))
        else:
            walk(node.left, s, depth + 1)
            walk(node.right, node.left.end(s), depth + 1)

    walk(_build(a, b, 0, len(a)), h0, 0)
    return rows, h
