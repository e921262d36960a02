# verdict: wrong
# what: Computes both numbers rightly but returns the pair as (b, a).
# diagnosis: The numbers are right, but a pair here is (a, b): the decay comes first.
# told: mistake pair_reversed
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    b = then[0] * first[1] + then[1]
    a = then[0] * first[0]
    return b, a
