# verdict: wrong
# what: Does floor(log2 T) rounds, which is one too few when T is no power of two.
# diagnosis: Go on until d reaches T: for T = 5 two rounds cover only four steps, so round the logarithm up, not down.
# told: mistake one_round_too_few
from math import log2


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    n = len(b)
    aa, bb = list(a), list(b)
    rows = [list(bb)]
    if n == 0:
        return rows
    for k in range(int(log2(n))):
        d = 2**k
        na, nb = list(aa), list(bb)
        for t in range(d, n):
            na[t] = aa[t - d] * aa[t]
            nb[t] = aa[t] * bb[t - d] + bb[t]
        aa, bb = na, nb
        rows.append(list(bb))
    return rows
