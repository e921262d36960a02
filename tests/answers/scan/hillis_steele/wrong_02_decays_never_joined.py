# verdict: wrong
# what: Only the inputs are joined; every worker keeps the decay of its own step in all rounds.
# diagnosis: A pair that covers several steps needs the product of their decays, so the a must be updated in every round too.
# told: mistake decays_not_combined
def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    rows = [list(b)]
    d = 1
    while d < len(b):
        last = rows[-1]
        rows.append([x if t < d else a[t] * last[t - d] + x for t, x in enumerate(last)])
        d = 2 * d
    return rows
