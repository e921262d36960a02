# verdict: wrong
# what: Puts the pair that is found behind its own instead of before it, so the earlier decay multiplies the later input.
# diagnosis: The pair you find further back is the earlier one: its b goes through your a, not the other way round.
# told: mistake order_reversed
def _combine(p, q):
    return (p[0] * q[0], q[0] * p[1] + q[1])


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    pairs = list(zip(a, b))
    history = [[p[1] for p in pairs]]
    d = 1
    while d < len(pairs):
        new = []
        for t, mine in enumerate(pairs):
            if t >= d:
                new.append(_combine(mine, pairs[t - d]))
            else:
                new.append(mine)
        pairs = new
        history.append([p[1] for p in pairs])
        d += d
    return history
