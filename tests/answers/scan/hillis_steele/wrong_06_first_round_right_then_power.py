# verdict: wrong
# what: The round with d = 1 is done as told, but later rounds take a[t] ** d for the decay of a pair, as if all decays were equal.
# diagnosis: The decay of a run of steps is the product of its different decays, and a[t] ** d is that only when they are all the same.
# told: mistake decay_as_a_power
def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    T = len(b)
    rows = [list(b)]
    d = 1
    while d < T:
        prev = rows[-1]
        row = []
        for t in range(T):
            if t < d:
                row.append(prev[t])
            elif d == 1:
                row.append(a[t] * prev[t - 1] + prev[t])
            else:
                # the pair covers d steps by now, so its decay is to the power d
                row.append(a[t] ** d * prev[t - d] + prev[t])
        rows.append(row)
        d *= 2
    return rows
