# verdict: wrong
# what: Works out how many keys there are once, before the new tokens, and does not count the new ones on.
# diagnosis: Each new token adds one to what can be seen until the ring is full; the count belongs inside the loop.
# told: mistake count_not_kept_up
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    after = list(ring)
    count = min(seen + 1, w)
    views = []
    for i, key in enumerate(new):
        p = seen + i
        after[p % w] = key
        views.append([after[q % w] for q in range(p - count + 1, p + 1)])
    return views, after
