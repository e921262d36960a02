# verdict: wrong
# what: Updates the pairs in place from left to right, so within a round a worker reads values already renewed in this round.
# diagnosis: All workers act at once: read the pairs of the round before, and write the new ones into fresh lists.
# told: mistake reads_what_it_just_wrote
def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    a = a[:]
    b = b[:]
    T = len(b)
    rows = [b[:]]
    d = 1
    while d < T:
        for t in range(d, T):
            b[t] = a[t] * b[t - d] + b[t]
            a[t] = a[t] * a[t - d]
        rows.append(b[:])
        d *= 2
    return rows
