# verdict: right
# what: A recursive helper does one round and hands the joined pairs to itself.
# diagnosis: none
def _rounds(pairs, d):
    row = [b for _, b in pairs]
    if d >= len(pairs):
        return [row]
    joined = pairs[:d] + [
        (a0 * a1, a1 * b0 + b1) for (a0, b0), (a1, b1) in zip(pairs[:-d], pairs[d:])
    ]
    return [row] + _rounds(joined, d * 2)


def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    return _rounds(list(zip(a, b)), 1)
