# verdict: right
# what: Inverts each rule to delta A and asks whether it halves.
# diagnosis: None: it is right.
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    z = {"euler": a - 1, "bilinear": 2 * (a - 1) / (a + 1) if a != -1 else None,
         "hold": math.log(a) if a > 0 else None}
    forward = {"euler": lambda z: 1 + z, "bilinear": lambda z: (2 + z) / (2 - z), "hold": math.exp}
    best, gap = "same", abs(A - a)
    for rule in z:
        if z[rule] is not None and abs(forward[rule](2 * z[rule]) - A) < gap:
            best, gap = rule, abs(forward[rule](2 * z[rule]) - A)
    return best
