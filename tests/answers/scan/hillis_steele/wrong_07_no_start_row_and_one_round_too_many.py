# verdict: wrong
# what: Two errors: the row for the start is missing, and for a power of two one round too many is made, so that the number of rows may even look right.
# diagnosis: Begin the rows with b itself, and stop as soon as d has reached T: with d = T nobody has anybody to look back to.
# told: mistake start_row_missing
def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    size = len(b)
    pa, pb = list(a), list(b)
    rows = []
    d = 1
    while d <= size:
        left_a = [0] * d + pa[: size - d]
        left_b = [0] * d + pb[: size - d]
        pb = [x * y + z for x, y, z in zip(pa, left_b, pb)]
        pa = [x * y for x, y in zip(pa, left_a)]
        rows.append(pb)
        d *= 2
    return rows
